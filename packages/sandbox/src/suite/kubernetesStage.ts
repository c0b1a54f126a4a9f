import path from 'node:path';
import { KubernetesProgram } from '../kubernetes/binaries/KubernetesProgram';
import { jestCounts } from './counts';
import { jestFile } from './jestFile';
import { readReport } from './report';
import type { Stage } from './stages';

/** The tests that start real clusters; other stages leave them out. */
export const CLUSTER_TESTS = 'src/kubernetes/clusters.test.ts';

const TOLD_EVERY_MS = 60_000;

/**
 * The clusters, once the program that they are made of is built: that begins with the suite and goes on behind the other
 * stages, at a low priority.
 */
export class KubernetesStage implements Stage {
  readonly name = 'kubernetes';
  readonly limitMinutes = 10;
  readonly #program: KubernetesProgram;
  #build?: Promise<void>;
  #progress = '';

  constructor(rootDir: string) {
    this.#program = new KubernetesProgram({
      rootDir,
      logDir: path.join(rootDir, '.tools/test-logs'),
    });
  }

  reasonToSkip(): string | undefined {
    return this.#program.isBuilt ? undefined : this.#program.reasonNotToBuild();
  }

  begin(): void {
    if (!this.reasonToSkip()) {
      this.#build = this.#program.build(words => {
        this.#progress = words;
      });
      // Told by `prepare`.
      this.#build.catch(() => {});
    }
  }

  async abandon(): Promise<void> {
    await this.#program.stop();
  }

  readonly prepare: Stage['prepare'] = async context => {
    const telling = setInterval(
      () => process.stdout.write(`kubernetes waits: ${this.#progress}\n`),
      TOLD_EVERY_MS,
    );
    try {
      await this.#build;
    } finally {
      clearInterval(telling);
    }
    return jestFile(context, this.name, CLUSTER_TESTS);
  };

  readonly count: Stage['count'] = context =>
    readReport(context, this.name, jestCounts);
}

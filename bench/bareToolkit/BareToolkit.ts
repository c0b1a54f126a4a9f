import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import { ChildProgram, ROOT_DIR } from '../world/ChildProgram';
import type { BareTimes } from './protocol';

/** The CDK toolkit without the portal, in a process of its own as the portal's is. */
export class BareToolkit {
  readonly #program: ChildProgram;

  static async start(options: {
    env: NodeJS.ProcessEnv;
    logDir: string;
  }): Promise<BareToolkit> {
    return new BareToolkit(
      ChildProgram.start({
        name: 'bare-toolkit',
        entry: require.resolve('./worker.ts'),
        cwd: ROOT_DIR,
        // The portal's worker leaves CDK's own template rules out as well.
        env: { ...options.env, CDK_VALIDATION: 'false' },
        logDir: options.logDir,
      }),
    );
  }

  private constructor(program: ChildProgram) {
    this.#program = program;
  }

  /** Loads the toolkit and bootstraps the account. */
  async warm(): Promise<void> {
    await this.#program.ask({ do: 'warm' });
  }

  apply(input: BlueprintInput, pollMilliseconds: number): Promise<BareTimes> {
    return this.#program.ask({ do: 'apply', input, pollMilliseconds });
  }

  async destroy(input: BlueprintInput): Promise<void> {
    await this.#program.ask({ do: 'destroy', input });
  }

  stop(): Promise<void> {
    return this.#program.stop();
  }
}

import path from 'node:path';
import { findProgram, HOW_TO_GET_PROMETHEUS } from '../../prometheus/binaries';
import { PrometheusServer } from '../../prometheus/PrometheusServer';
import { TrafficPart } from '../../traffic/TrafficPart';
import type { PartStatus } from '../types';
import type { PartContext, PartDefinition } from './PartDefinition';
import { leaveOut } from './leaveOut';

const HISTORY_DAYS = 100;

/** Prometheus with the traffic of the systems, past and present. */
export const prometheus: PartDefinition = {
  needs: () => [],
  async start(sandbox) {
    const program = findProgram('prometheus');
    const promtool = findProgram('promtool');
    if (!program || !promtool) {
      leaveOut(sandbox, 'prometheus', HOW_TO_GET_PROMETHEUS);
      return;
    }
    const traffic = await TrafficPart.start({
      stateDir: sandbox.dir,
      logDir: sandbox.logDir,
      world: () => sandbox.services.world?.view,
      onMessage: message => sandbox.say(message),
    });
    const ofTraffic: PartStatus = {
      name: 'traffic',
      pid: process.pid,
      port: traffic.port,
      state: 'running',
      logFile: path.join(sandbox.logDir, 'traffic.log'),
    };
    sandbox.add(ofTraffic, traffic);
    const server = await PrometheusServer.start({
      program,
      stateDir: sandbox.dir,
      logDir: sandbox.logDir,
      port: sandbox.ports.prometheus,
      exporter: {
        address: `127.0.0.1:${traffic.port}`,
        vantages: traffic.vantages,
      },
      alertmanager: `127.0.0.1:${sandbox.ports.alertmanager}`,
    });
    sandbox.services.prometheus = server;
    sandbox.provide({ PROMETHEUS_URL: server.url });
    sandbox.add(
      {
        name: 'prometheus',
        pid: server.pid,
        port: server.port,
        url: server.url,
        state: 'running',
        logFile: path.join(sandbox.logDir, 'prometheus.log'),
      },
      server,
    );
    fillPast(sandbox, traffic, ofTraffic, server, promtool);
  },
};

/** In the background: nobody waits for the past. */
async function fillPast(
  sandbox: PartContext,
  traffic: TrafficPart,
  status: PartStatus,
  { url, dataDir }: PrometheusServer,
  promtool: string,
): Promise<void> {
  const began = Date.now();
  const days = sandbox.options.historyDays ?? HISTORY_DAYS;
  let wasMuch = false;
  try {
    await traffic.fillPast({ url, dataDir, promtool, days }, () => {
      status.note = traffic.progress;
      wasMuch ||= traffic.progress !== '';
      sandbox.changed();
    });
    if (wasMuch) {
      const seconds = Math.round((Date.now() - began) / 1000);
      sandbox.say(`Prometheus has the past of the traffic after ${seconds} s.`);
    }
  } catch (error) {
    sandbox.say(
      `Prometheus lacks some of the past; the next start tries again. ${
        (error as Error).message
      }`,
    );
  }
}

// Loaded into each back end under measurement before anything else: tells its memory when asked by its parent, and
// ends it with its parent. The channel is kept to itself: Backstage takes one for its own development server.
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { isMainThread } = require('node:worker_threads');

if (isMainThread && process.send) {
  const send = process.send.bind(process);
  delete process.send;
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc');

  process.on('message', ({ id, afterCollection }) => {
    if (afterCollection) {
      collectGarbage();
    }
    const { rss, heapUsed, external } = process.memoryUsage();
    send({ id, answer: { rss, heapUsed, external } });
  });
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}

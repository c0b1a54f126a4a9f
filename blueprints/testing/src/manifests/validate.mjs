// Reads objects of Kubernetes as a JSON list, and answers with what is wrong with each by Kubernetes' own schemas: a
// text, null where nothing is, and `unknown` for kinds that are not Kubernetes' own. A process of its own, because the
// schemas come as modules that jest does not load.
import { json } from 'node:stream/consumers';

async function verdictOf(object) {
  const { apiVersion, kind } = object;
  let Model;
  try {
    ({ [kind]: Model } = await import(
      `kubernetes-models/${apiVersion}/${kind}`
    ));
  } catch (error) {
    if (/NOT_FOUND|NOT_EXPORTED/.test(error.code ?? '')) {
      return 'unknown';
    }
    throw error;
  }
  try {
    new Model(object).validate();
    return null;
  } catch (error) {
    return error.message;
  }
}

const objects = await json(process.stdin);
process.stdout.write(JSON.stringify(await Promise.all(objects.map(verdictOf))));

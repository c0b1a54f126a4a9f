import type { Router } from 'express';
import { archiveOf } from '../manifests/archiveOf';
import { manifestsOf } from '../manifests/manifestsOf';
import type { RouteServices } from './deps';

/** What is applied to the cluster of an environment; who sees the environment sees it. */
export function addManifestRoutes(router: Router, services: RouteServices) {
  const { httpAuth, environments, blueprints } = services;

  router.get('/environments/:id/manifests', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const environment = await environments.get(req.params.id, { credentials });
    res.json(manifestsOf(environment, blueprints));
  });

  router.get('/environments/:id/manifests.zip', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const environment = await environments.get(req.params.id, { credentials });
    const { files } = manifestsOf(environment, blueprints);
    const { name } = environment;
    res
      .type('application/zip')
      .attachment(`${name}-manifests.zip`)
      .send(Buffer.from(archiveOf(name, files)));
  });
}

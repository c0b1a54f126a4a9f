import { MAYA, TOM } from '../__testUtils__/portal';
import { usePortal } from '../__testUtils__/usePortal';
import { strFromU8, unzipSync } from 'fflate';

jest.setTimeout(60_000);

describe('manifests', () => {
  const context = usePortal();
  const get = (id: string, person = MAYA) =>
    context.portal.as(person).get(`/environments/${id}/manifests`);

  it('come once there are outputs, made from them and from the complete parameters', async () => {
    const { portal } = context;
    const created = await portal.create({ name: 'bare', cidr: '10.3.0.0/16' });
    const { id } = created.environment;
    expect((await get(id).expect(200)).body).toEqual({
      files: [],
      reason: 'They are made from its outputs, which come once it is ready.',
    });
    await portal.confirm(created.runId);
    await portal.runIs(created.runId, 'succeeded');
    const { body } = await get(id).expect(200);
    expect(body.files).toEqual([
      {
        path: '00-cluster/facts.yaml',
        about: 'What the environment is.',
        kind: 'manifest',
        content: expect.stringMatching(
          /^name: bare\nparameters: \d+\nurl: \S+/,
        ),
        command: 'kubectl apply -f 00-cluster/facts.yaml',
      },
    ]);

    const archive = await portal
      .as(MAYA)
      .get(`/environments/${id}/manifests.zip`)
      .responseType('blob')
      .expect(200)
      .expect(
        'content-disposition',
        'attachment; filename="bare-manifests.zip"',
      );
    const entries = unzipSync(archive.body);
    expect(strFromU8(entries['bare-manifests/00-cluster/facts.yaml'])).toBe(
      body.files[0].content,
    );
    expect(strFromU8(entries['bare-manifests/apply.sh'])).toContain(
      '\nkubectl apply -f 00-cluster/facts.yaml\n',
    );
  });

  it('are not there for those who may not see the environment', async () => {
    const { id } = await context.portal.ready({
      name: 'secret',
      cidr: '10.5.0.0/16',
    });
    const paths = ['manifests', 'manifests.zip'];
    const answers = await Promise.all(
      paths.map(path =>
        context.portal.as(TOM).get(`/environments/${id}/${path}`),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { createOffscreenEnsurer } from './offscreen-document.ts';

const setUp = (before = false) => {
  let exists = before;
  const create = vi.fn(async () => {
    await Promise.resolve();
    if (exists) throw new Error('Only a single offscreen document may be created.');
    exists = true;
  });
  const api = { exists: () => Promise.resolve(exists), create };
  return {
    api,
    create,
    appear: () => {
      exists = true;
    },
  };
};

describe('createOffscreenEnsurer', () => {
  it('creates it once, however many ask', async () => {
    const { api, create } = setUp();
    const ensure = createOffscreenEnsurer(api);
    await Promise.all([ensure(), ensure(), ensure()]);
    await ensure();
    expect(create).toHaveBeenCalledOnce();
  });

  it('adopts the one that is there', async () => {
    const { api, create } = setUp(true);
    await createOffscreenEnsurer(api)();
    expect(create).not.toHaveBeenCalled();
  });

  it('has succeeded when somebody else was faster', async () => {
    const { api, create, appear } = setUp();
    create.mockImplementationOnce(() => {
      appear();
      return Promise.reject(new Error('Only a single offscreen document may be created.'));
    });
    await expect(createOffscreenEnsurer(api)()).resolves.toBeUndefined();
  });

  it('fails when there is none after all, and tries again when asked again', async () => {
    const { api, create } = setUp();
    create.mockRejectedValueOnce(new Error('no'));
    const ensure = createOffscreenEnsurer(api);
    await expect(ensure()).rejects.toThrow('no');
    await ensure();
    expect(create).toHaveBeenCalledTimes(2);
  });
});

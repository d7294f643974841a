/** As much of a browser as a sign-in at a provider needs: cookies, and forms that are sent back filled in. */
export class TestBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** Follows redirects until one leads to an address that begins with `until`, which is returned unvisited. */
  async follow(address: string, until: string): Promise<URL> {
    let next = new URL(address);
    let form: URLSearchParams | null = null;
    for (let step = 0; step < 20; step += 1) {
      if (next.href.startsWith(until)) return next;
      const response = await this.#visit(next, form);
      form = null;
      const location = response.headers.get('location');
      if (location !== null) {
        next = new URL(location, next);
        continue;
      }
      const page = await response.text();
      const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
      if (action === undefined) throw new Error(`${String(response.status)} at ${next.pathname}: ${page}`);
      form = this.#fill(page);
      next = new URL(action, next);
    }
    throw new Error('went round in circles');
  }

  /** @param login the name to type into every form that asks for one. */
  constructor(login: string) {
    this.#login = login;
  }
  readonly #login: string;

  #fill(page: string): URLSearchParams {
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '';
    return new URLSearchParams({
      prompt,
      ...(prompt === 'login' && { login: this.#login, password: 'any' }),
    });
  }

  async #visit(address: URL, form: URLSearchParams | null): Promise<Response> {
    const jar = this.#cookies.get(address.host) ?? new Map<string, string>();
    this.#cookies.set(address.host, jar);
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }
}

// What the HTTP framework really has, whatever the table of routes says.
import diagnostics from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';

export interface RegisteredRoute {
  readonly method: string;
  readonly path: string;
}

/** Does something that creates a server, and tells every route that was registered in it. */
export async function watchRoutes<T>(
  create: () => Promise<T>,
): Promise<{ readonly created: T; readonly routes: readonly RegisteredRoute[] }> {
  const routes: RegisteredRoute[] = [];
  const listen = (message: unknown): void => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      routes.push(...[method].flat().map((each) => ({ method: each, path: url })));
    });
  };
  diagnostics.subscribe('fastify.initialization', listen);
  try {
    return { created: await create(), routes };
  } finally {
    diagnostics.unsubscribe('fastify.initialization', listen);
  }
}

/** A path that the route's pattern matches. */
export function examplePath(pattern: string): string {
  return pattern.replace(/:\w+/g, '0').replace(/\*$/, 'x/y');
}

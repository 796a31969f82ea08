import { ALL_ROUTES } from './allRoutes.js';

/** Whether something answers at this path, only not to this method. */
export function hasOtherMethod(method: string, url: string): boolean {
  const [path = ''] = url.split('?', 1);
  return ALL_ROUTES.some((route) => route.method !== method && matches(route.path, path));
}

function matches(pattern: string, path: string): boolean {
  const expected = pattern.split('/');
  const given = path.split('/');
  const open = expected.at(-1) === '*';
  return (
    (open ? given.length >= expected.length : given.length === expected.length) &&
    expected.every((part, index) => part === '*' || part.startsWith(':') || part === given[index])
  );
}

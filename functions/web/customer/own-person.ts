import type { Person } from '../../domain/onboarding/people.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import type { WebApp, WebContext } from '../shared/http/web-app.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { ownPersonPath } from './own-person-path.ts';

/** Loaded when it is asked for: most who answer never do. */
const loadPages = () => import('./own-person-pages.ts');
type Pages = Awaited<ReturnType<typeof loadPages>>;

/** Leads to a page of whoever was named; there is none for the contact, whose data is that of the onboarding. */
function forPerson(show: (pages: Pages, c: WebContext, person: Person) => Response | Promise<Response>) {
  return async (c: WebContext) => {
    const { person } = customerOf(c);
    return person === undefined ? notFound(c) : show(await loadPages(), c, person);
  };
}

/** What is held on someone who was named: seen, downloaded, corrected and erased by themselves. */
export function registerOwnPerson(app: WebApp, deps: WebDependencies): void {
  app.get(
    ownPersonPath,
    requireCustomer,
    forPerson((pages, c, person) => pages.showOwnData(c, deps, person)),
  );
  app.get(
    `${ownPersonPath}.json`,
    requireCustomer,
    forPerson((pages, c, person) => pages.sendOwnData(c, deps, person)),
  );
  app.get(
    `${ownPersonPath}/details`,
    requireCustomer,
    forPerson((pages, c, person) => pages.showDetails(c, person)),
  );
  app.post(
    `${ownPersonPath}/details`,
    requireCustomer,
    forPerson((pages, c, person) => pages.changeDetails(c, deps, person)),
  );
  app.get(
    `${ownPersonPath}/erasure`,
    requireCustomer,
    forPerson((pages, c) => pages.showErasure(c)),
  );
  app.post(
    `${ownPersonPath}/erasure`,
    requireCustomer,
    forPerson((pages, c, person) => pages.eraseOwnData(c, deps, person)),
  );
}

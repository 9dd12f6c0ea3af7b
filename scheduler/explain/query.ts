/** Reads of the core: what can be asked and what comes back. */
import type {
  ConditionView,
  DemandView,
  FrameworkView,
  FreezeView,
  HostView,
  OfferView,
  OverviewView,
  PlanView,
  ReservationView,
  RoleView,
  TaskView,
  TransitionView,
  WhyView,
  WindowView,
} from './views.js';

/** Lists are paged: `limit` 1..1000 (default 200), `pageToken` from the page before or empty. */
export interface Page {
  readonly limit: number;
  readonly pageToken: string;
}

export type Query =
  | { readonly kind: 'overview' }
  /** Filters are ANDed; empty string = any. `owner` is a framework id or `free`, `state` a host mode or `moving`, `lost`. */
  | {
      readonly kind: 'hosts';
      readonly owner: string;
      readonly state: string;
      readonly rack: string;
      readonly name: string;
      readonly page: Page;
    }
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'frameworks'; readonly workload: string }
  | { readonly kind: 'roles' }
  | { readonly kind: 'offers'; readonly page: Page }
  | { readonly kind: 'demands' }
  | { readonly kind: 'tasks'; readonly frameworkId: string; readonly page: Page }
  /** Filters are ANDed; empty = any. `idle`: only those that no task uses. */
  | {
      readonly kind: 'reservations';
      readonly host: string;
      readonly role: string;
      readonly idle: boolean;
      readonly page: Page;
    }
  /** `ended` true also lists the ended ones that are kept. */
  | { readonly kind: 'transitions'; readonly ended: boolean; readonly page: Page }
  | { readonly kind: 'transition'; readonly transition: string }
  | { readonly kind: 'plan' }
  | { readonly kind: 'conditions' }
  | { readonly kind: 'freezes' }
  /** Maintenance windows, by start. */
  | { readonly kind: 'maintenance' }
  /** `thing`: a host, framework, role, transition or demand id (`<framework>/<demandId>`). */
  | { readonly kind: 'why'; readonly thing: string }
  /** What `adopt --dry-run` would do is asked with the command itself. */
  | { readonly kind: 'audit' };

export type QueryResult =
  | { readonly kind: 'overview'; readonly overview: OverviewView }
  | {
      readonly kind: 'hosts';
      readonly hosts: readonly HostView[];
      readonly total: number;
      readonly nextPageToken: string;
    }
  | { readonly kind: 'host'; readonly host: HostView }
  | { readonly kind: 'frameworks'; readonly frameworks: readonly FrameworkView[] }
  | { readonly kind: 'roles'; readonly roles: readonly RoleView[] }
  | {
      readonly kind: 'offers';
      readonly offers: readonly OfferView[];
      readonly total: number;
      readonly nextPageToken: string;
    }
  | { readonly kind: 'demands'; readonly demands: readonly DemandView[] }
  | {
      readonly kind: 'tasks';
      readonly tasks: readonly TaskView[];
      readonly total: number;
      readonly nextPageToken: string;
    }
  | {
      readonly kind: 'reservations';
      readonly reservations: readonly ReservationView[];
      readonly total: number;
      readonly nextPageToken: string;
    }
  | {
      readonly kind: 'transitions';
      readonly transitions: readonly TransitionView[];
      readonly total: number;
      readonly nextPageToken: string;
    }
  | { readonly kind: 'transition'; readonly transition: TransitionView }
  | { readonly kind: 'plan'; readonly plan: PlanView | null }
  | { readonly kind: 'conditions'; readonly conditions: readonly ConditionView[] }
  | { readonly kind: 'freezes'; readonly freezes: readonly FreezeView[] }
  | { readonly kind: 'maintenance'; readonly windows: readonly WindowView[] }
  | { readonly kind: 'why'; readonly why: WhyView }
  | { readonly kind: 'audit'; readonly violations: readonly string[] }
  /** Nothing has that name; `message` says what was looked for and what is near. */
  | { readonly kind: 'not_found'; readonly message: string }
  | { readonly kind: 'invalid'; readonly message: string };

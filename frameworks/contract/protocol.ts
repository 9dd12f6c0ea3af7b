/** The part of the protocol that the runner speaks, by name only: no code of the core comes along. */
export type {
  Blocker,
  DemandEntry,
  FrameworkEvent,
  FrameworkMessage,
  HostLease,
  LeaveForecast,
  ObservedHost,
  Offer,
  StepName,
  StepRenew,
  StepRequest,
  StepState,
  StepUpdate,
} from '../../scheduler/index.js';

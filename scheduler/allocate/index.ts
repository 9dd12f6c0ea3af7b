export { acceptOffers } from './accept.js';
export { declineOffers, expireFilters, expireOffers, renewOffers } from './decline.js';
export { expireDemand, setDemand } from './demand.js';
export { makeDirectedOffer } from './directed.js';
export { freeResources, isOfferableShared, isOfferableWhole, markOfferable } from './offerable.js';
export { setOpenOffers } from './open-offers.js';
export { allocate } from './pass.js';
export {
  endReservation,
  filterRole,
  idleOf,
  makeReservation,
  offersOf,
  reservationsOn,
  reservedText,
  shrinkReservation,
  tasksOf,
} from './reservations.js';
export { reservationsFull } from './reserve-offers.js';
export { rescindFrameworkOffers, rescindHostOffers, rescindOffers } from './rescind.js';
export { demandStatuses } from './status.js';

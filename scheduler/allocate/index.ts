export { acceptOffers } from './accept.js';
export { declineOffers, expireFilter, expireOffer, forgetFilters, renewOffers } from './decline.js';
export { expireDemand, setDemand, setOpenOffers } from './demand.js';
export { makeDirectedOffer } from './directed.js';
export { freeResources, isOfferableShared, isOfferableWhole, markOfferable } from './offerable.js';
export { allocate } from './pass.js';
export { publishDemandStatus } from './publish.js';
export { rescindFrameworkOffers, rescindHostOffers, rescindOffers } from './rescind.js';
export { demandStatuses } from './status.js';

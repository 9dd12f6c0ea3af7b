/** Constraints are matched with the state, below everything that offers, moves or classifies hosts. */
export { constraintProblem, matchesConstraints } from '../state/constraints.js';

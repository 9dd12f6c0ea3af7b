import type { FastifyReply } from 'fastify';
import { errorText } from '../config/index.js';

/** What went wrong, as `application/problem+json` (RFC 9457). */
export interface Problem {
  readonly status: number;
  readonly title: string;
  /** A sentence that names the field, the value and what is accepted. */
  readonly detail: string;
  /** The field that is wrong, when it is one. */
  readonly field?: string;
}

/** Thrown by routes; the error handler answers it. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** 400 that names the field. */
export function badField(field: string, value: unknown, accepted: string): ProblemError {
  return new ProblemError({
    status: 400,
    title: 'Bad request',
    detail: `${field} is ${shown(value)}; ${accepted}`,
    field,
  });
}

/** A value as JSON, cut to a readable length. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'missing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** Our own problems as they are, the framework's refusals in our words, and nothing of what is inside for the rest. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500)
    return {
      status,
      title: 'Bad request',
      detail: errorText(error),
    };
  if (status === 503) return { status, title: 'Unavailable', detail: 'the master is stopping' };
  return { status: 500, title: 'Internal error', detail: 'the master could not answer; its log says why' };
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .send({ type: 'about:blank', ...problem });
}

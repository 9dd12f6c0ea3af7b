/** Source of randomness; seeded in the simulator. Used for jitter and ids only, never for decisions of the core. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** 128 random bits as 32 hex digits: incarnations, secrets. */
  hex128(): string;
}

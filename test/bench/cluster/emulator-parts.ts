import type { FromEmulator, ToEmulator } from './messages.js';

/** Tells the parent. */
export type Tell = (message: FromEmulator) => void;

/** What an emulator process is once it has been told. */
export interface Emulator {
  state(): Omit<Extract<FromEmulator, { readonly kind: 'state' }>, 'kind'>;
  onMessage(message: ToEmulator): void;
  close(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Resolves at the first signal to stop. A second one, of either kind, finds nobody listening and ends the process at once. */
export function stopSignal(): Promise<null> {
  return new Promise((resolve) => {
    const onSignal = (): void => {
      for (const signal of SIGNALS) process.removeListener(signal, onSignal);
      resolve(null);
    };
    for (const signal of SIGNALS) process.on(signal, onSignal);
  });
}

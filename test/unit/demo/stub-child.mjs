// A child for the supervisor's tests: does what its first message says, and ends when its parent is gone.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
process.once('message', ({ does, lives }) => {
  switch (does) {
    case 'work':
      process.on('SIGTERM', () => process.exit(0));
      process.on('message', (message) => process.send({ echo: message }));
      process.send({ ready: true, pid: process.pid, lives });
      break;
    case 'refuse-to-end':
      process.on('SIGTERM', () => undefined);
      process.send({ ready: true, pid: process.pid });
      break;
    case 'fail':
      process.stderr.write('the port is taken');
      process.exit(3);
  }
});

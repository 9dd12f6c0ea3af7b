#!/usr/bin/env node
import { processIo } from './process-io.js';
import { runCli } from './run.js';

const io = processIo();
process.exitCode = await runCli(process.argv.slice(2), io);
io.handOver();

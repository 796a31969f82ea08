// Loaded into a server before its own program: ends its worker threads when the process is sent SIGUSR2.
const threads = require('node:worker_threads');

const running = new Set();

threads.Worker = class extends threads.Worker {
  constructor(...args) {
    super(...args);
    running.add(this);
    this.once('exit', () => running.delete(this));
  }
};

process.on('SIGUSR2', () => running.forEach((worker) => void worker.terminate()));

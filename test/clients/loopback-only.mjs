import { Socket } from 'node:net';

// Loaded into every process that runs a client: nobody's telemetry, update check or model gets a connection out of this
// machine, whatever a client's settings say. Refused before the name is looked up.

const connect = Socket.prototype.connect;

Socket.prototype.connect = function (...args) {
  const target = targetOf(args);
  if (target.path === undefined && !isLoopback(target.host ?? 'localhost')) {
    throw new Error(`The tests stay on this machine: no connection to ${target.host}`);
  }
  return connect.apply(this, args);
};

/** The options of a connection; Node's own modules pass them as one list. */
function targetOf([first, second]) {
  const options = Array.isArray(first) ? first[0] : first;
  if (typeof options === 'object') return options;
  if (Number.isNaN(Number(options))) return { path: options };
  return typeof second === 'string' ? { host: second } : {};
}

function isLoopback(host) {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

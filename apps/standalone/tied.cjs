/**
 * Loaded before each program of the demonstration: when the process that started it is gone (`kill -9` leaves no time for
 * goodbyes), the program ends as on SIGTERM, and by force if it does not. The channel alone keeps no program alive.
 */
const patienceMs = 20_000;

process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), patienceMs).unref();
});
process.channel?.unref();

// Put on a page before it loads: a wrong clock, a faulty player, and the truth channel, which the
// engine never sees. The benchmark fills in the faults.
(() => {
  const faults = __FAULTS__;
  const real = () => performance.now();
  let withFaults = null;
  // Not before the page has said where its modules are: Firefox takes that only once.
  if (faults.startErrorMs || faults.rateBiasPpm || faults.stalls)
    addEventListener("DOMContentLoaded", async () => {
      ({ withFaults } = await import("/static/js/sync/players/faulty.js"));
    });
  const bench = {
    control: faults.control,
    now: () => real() * (1 + faults.clockPpm * 1e-6) + faults.clockOffsetMs,
    wrapPlayer: (player) => {
      bench.player = withFaults ? withFaults(player, faults) : player;
      return bench.player;
    },
    onConductor: (conductor) => {
      bench.conductor = conductor;
    },
    looks: [],
    clocks: [],
    faults,
  };
  globalThis.__syncwatchBench = bench;
  const look = () => {
    const video = document.querySelector("[data-sync-player]");
    const wall = performance.timeOrigin + real();
    if (video)
      bench.looks.push([
        wall,
        video.currentTime,
        video.playbackRate,
        !video.paused && !video.seeking && video.readyState >= 3,
      ]);
    const clock = bench.conductor?.clock;
    if (clock?.known && bench.looks.length % 10 === 0) {
      const before = performance.timeOrigin + real();
      bench.clocks.push([wall, clock.now() - before]);
    }
  };
  let looking = setInterval(look, 50);
  bench.lookEvery = (ms) => {
    clearInterval(looking);
    looking = setInterval(look, ms);
  };
})();

// Before a page's own scripts: what the browser itself counts about painting, shifting and answering.
(() => {
  const seen = { shift: 0, blockedMs: 0, largestMs: 0, delays: [] };
  const watch = (type, take, options = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
      ...options,
    });
  watch("layout-shift", (entry) => {
    if (!entry.hadRecentInput) seen.shift += entry.value;
  });
  watch("longtask", ({ duration }) => {
    seen.blockedMs += duration - 50;
  });
  watch("largest-contentful-paint", ({ startTime }) => {
    seen.largestMs = startTime;
  });
  const heard = ({ interactionId, duration }) => {
    if (interactionId) seen.delays.push(duration);
  };
  watch("event", heard, { durationThreshold: 16 });
  window.__pagesBench = {
    look() {
      const first = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
      return { ...seen, firstMs: first };
    },
  };
})();

// The worker starts while the page's program is still on its way. `Client::start` takes it over, with all that it has
// said by then; if it could not be started here, the page tries again there, and says what is wrong.
{
  // Whether the browser takes the smallest module with these instructions.
  const canRun = (...code) => WebAssembly.validate(new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, code.length + 4, 1, code.length + 2, 0, ...code, 11]));
  const splat = [65, 0, 253, 15], fusedMultiplyAdd = [...splat, ...splat, ...splat, 253, 133, 2], drop = 26;
  const builds = document.querySelector("meta[name=inkling-worker]")?.dataset ?? {};
  try {
    builds.chosen = canRun(...fusedMultiplyAdd, drop) ? builds.relaxed : canRun(...splat, drop) ? builds.simd : "";
    // The plane has a worker of its own, which it starts itself (`Place::guessed` goes by the same); so does the bench.
    const isOfPlane = location.search.includes("place=plane") || /^#(?!v1\.).*=/.test(location.hash);
    if (builds.chosen && !isOfPlane && document.body.dataset.page !== "bench") {
      const worker = new Worker(builds.chosen, { type: "module" }), held = [];
      worker.onmessage = worker.onerror = (event) => { event.preventDefault(); held.push(event); };
      window.inklingEarlyWorker = { worker, held };
    }
  } catch {}
}

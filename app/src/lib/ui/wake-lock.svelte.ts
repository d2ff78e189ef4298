/** Keeps the screen awake while a component is there: browsers let go of it whenever the page is hidden. */

/** Must be called while a component is set up. Does nothing where the browser has no such lock, as on plain HTTP. */
export function keepAwake(): void {
  $effect(() => {
    let lock: WakeLockSentinel | null = null;
    let isOver = false;
    const take = async () => {
      if (document.hidden || (lock !== null && !lock.released)) return;
      try {
        const taken = await navigator.wakeLock.request("screen");
        if (isOver) void taken.release();
        else lock = taken;
      } catch {
        // The battery is low, or there is no lock: the screen follows the system's settings.
      }
    };
    const onvisibility = () => void take();
    document.addEventListener("visibilitychange", onvisibility);
    void take();
    return () => {
      isOver = true;
      document.removeEventListener("visibilitychange", onvisibility);
      void lock?.release();
    };
  });
}

// The sound of a transcription: its waveform, filled as far as it was heard and as far as it was played; seeking by
// pointer, keyboard and segment; and the segment that is being said, marked and kept in sight.

const BAR_PX = 3;
const STEP = 5; // seconds
const PAGE = 30;
const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {HTMLElement} root Holds `.wave` (a slider with `.layer`s), `audio` and, some time, `.segment`s.
 * @param {string} waveformUrl `{"duration", "playable", "peaks"}`.
 * @param {string} folder Where the file that `playable` names is.
 * @param {string} uploadUrl What to play where none is named.
 */
export function attach(root, waveformUrl, folder, uploadUrl) {
  const gone = new AbortController();
  const { signal } = gone;
  const wave = root.querySelector(".wave");
  const audio = root.querySelector("audio");
  let duration = 0;
  let peaks = [];
  let heardTo = 0;
  let bars = 0;
  let wandered = false; // the reader has scrolled the segments: they stay where they are
  let now = null;
  let frame = 0;

  const on = (target, type, action, options) => target.addEventListener(type, action, { signal, ...options });
  const share = (seconds) => `${duration > 0 ? Math.min(100, (100 * seconds) / duration) : 0}%`;

  function draw() {
    const fits = Math.max(1, Math.min(peaks.length, Math.floor(wave.clientWidth / BAR_PX)));
    if (!peaks.length || fits === bars) return;
    bars = fits;
    const loudest = Math.max(...peaks, 0.01);
    let path = "";
    for (let i = 0; i < bars; i++) {
      const part = peaks.slice(Math.floor((i * peaks.length) / bars), Math.max(1, Math.floor(((i + 1) * peaks.length) / bars)));
      const height = Math.max(2, (100 * Math.max(...part)) / loudest);
      path += `M${i + 0.15} ${(100 - height) / 2}h.7v${height}h-.7z`;
    }
    for (const layer of wave.querySelectorAll(".layer")) {
      const svg = document.createElementNS(SVG, "svg");
      svg.setAttribute("viewBox", `0 0 ${bars} 100`);
      svg.setAttribute("preserveAspectRatio", "none");
      svg.setAttribute("aria-hidden", "true");
      svg.append(document.createElementNS(SVG, "path"));
      svg.firstChild.setAttribute("d", path);
      layer.replaceChildren(svg);
    }
  }

  function show() {
    const at = audio.currentTime;
    wave.style.setProperty("--played", share(at));
    wave.style.setProperty("--heard", share(heardTo));
    wave.dataset.heard = share(heardTo);
    wave.setAttribute("aria-valuemax", duration.toFixed(1));
    wave.setAttribute("aria-valuenow", at.toFixed(1));
    wave.setAttribute("aria-valuetext", `${clock(at)} of ${clock(duration)}`);
    mark(at);
  }

  /** Marks the segment at a moment; in a pause the one before stays marked, at the very beginning none is. */
  function mark(at) {
    let found = null;
    if (at > 0 || !audio.paused) {
      for (const segment of root.querySelectorAll(".segment[data-start]")) {
        if (Number(segment.dataset.start) > at + 0.05) break;
        found = segment;
      }
    }
    if (found === now && (!found || found.hasAttribute("data-now"))) return;
    for (const old of root.querySelectorAll(".segment[data-now]")) {
      old.removeAttribute("data-now");
      old.removeAttribute("aria-current");
    }
    now = found;
    if (!found) return;
    found.setAttribute("data-now", "");
    found.setAttribute("aria-current", "true");
    if (!wandered) bringIntoSight(found);
  }

  function bringIntoSight(segment) {
    const scroll = segment.closest(".scroll");
    if (!scroll) return;
    const outer = scroll.getBoundingClientRect();
    const inner = segment.getBoundingClientRect();
    if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
    scroll.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  }

  function seek(seconds, play = false) {
    wandered = false;
    audio.currentTime = Math.min(Math.max(0, seconds), duration || audio.duration || 0);
    show();
    if (play) audio.play().catch(() => {}); // the browser may want a click on the player first
  }

  function tick() {
    show();
    frame = audio.paused ? 0 : requestAnimationFrame(tick);
  }

  const at = (event) => {
    const box = wave.getBoundingClientRect();
    return (duration * (event.clientX - box.left)) / box.width;
  };
  on(wave, "pointerdown", (event) => {
    if (event.button !== 0) return;
    wave.setPointerCapture(event.pointerId);
    seek(at(event));
  });
  on(wave, "pointermove", (event) => {
    if (wave.hasPointerCapture(event.pointerId)) seek(at(event));
  });
  on(wave, "keydown", (event) => {
    const to = {
      ArrowLeft: audio.currentTime - STEP, ArrowDown: audio.currentTime - STEP,
      ArrowRight: audio.currentTime + STEP, ArrowUp: audio.currentTime + STEP,
      PageDown: audio.currentTime - PAGE, PageUp: audio.currentTime + PAGE, Home: 0, End: duration,
    }[event.key];
    if (to !== undefined) seek(to);
    else if (event.key !== " " && event.key !== "Enter") return;
    else if (audio.paused) audio.play().catch(() => {});
    else audio.pause();
    event.preventDefault();
  });

  on(root, "click", (event) => {
    const segment = event.target.closest(".segment[data-start]");
    if (!segment || String(getSelection()) !== "") return; // text that is being selected is not to be played
    seek(Number(segment.dataset.start), true);
  });
  for (const type of ["wheel", "touchmove"]) {
    on(root, type, (event) => { if (event.target.closest(".scroll")) wandered = true; }, { passive: true });
  }
  on(root, "keydown", (event) => {
    if (event.target.matches(".scroll") && /^(Arrow(Up|Down)|Page|Home|End)/.test(event.key)) wandered = true;
  });

  on(audio, "play", () => { wandered = false; frame ||= requestAnimationFrame(tick); });
  for (const type of ["pause", "seeked", "timeupdate", "ended"]) on(audio, type, show);
  on(audio, "loadedmetadata", () => {
    if (!duration && Number.isFinite(audio.duration)) duration = audio.duration;
    show();
  });
  const size = new ResizeObserver(draw);
  size.observe(wave);

  void fetch(waveformUrl, { signal, cache: "no-store" }).then(async (response) => {
    if (!response.ok) return;
    const waveform = await response.json();
    duration = waveform.duration;
    peaks = waveform.peaks;
    audio.src = waveform.playable ? folder + waveform.playable : uploadUrl;
    draw();
    show();
  }).catch(() => {}); // the text is there without it

  return {
    /** @param {number} seconds How far the audio has been transcribed. */
    heard(seconds) {
      heardTo = seconds;
      show();
    },
    detach() {
      gone.abort();
      size.disconnect();
      cancelAnimationFrame(frame);
      audio.pause();
    },
  };
}

/** @param {number} seconds */
function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  return hours ? `${hours}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}` : `${Math.floor(whole / 60)}:${two(whole % 60)}`;
}

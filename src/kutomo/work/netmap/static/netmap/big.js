// A map of more members than single elements can show: sigma draws, the places come from the server, nothing moves by
// itself. The list beside it is the same map for the keyboard and the ear: a link a member.
//
// While the view moves only as many ties are drawn as the device manages in time, the strongest first (see ``pace``);
// at rest all of them. What is pointed at is painted over the picture, so that nothing need be built anew.
import { announce } from "../ui/kutomo.js";
import { dashes, shapes } from "./programs.js";

const stage = document.querySelector("[data-big]");
const rows = document.querySelector("[data-rows]");
const token = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim() || "#777777";
const TONES = { sini: "--sini", kuusi: "--kuusi", sauramo: "--sauramo", matara: "--matara", ink: "--ink-2", plain: "--line-strong" };
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const SOME = 2500; // ties drawn in motion before the device has shown what it can

/** How many ties to draw while moving: fewer when a frame was late, more when it was early. */
const pace = { limit: SOME, moving: false, last: 0, timer: 0 };

async function begin() {
  const status = document.createElement("p");
  status.textContent = stage.dataset.wait;
  stage.append(status);
  let data, renderer;
  try {
    data = await (await fetch(stage.dataset.big)).json();
    // The stage has its size when the style sheets are there.
    if (!stage.clientWidth) await new Promise(ready => addEventListener("load", ready, { once: true }));
    renderer = draw(data);
  } catch (error) {
    console.error(error);
    status.textContent = stage.dataset.fail;
    return;
  }
  status.remove();
  walk(data, renderer);
  performance.mark("netmap-drawn");
}

function build(data) {
  const graph = new graphology.UndirectedGraph();
  const many = data.seats.length, marked = new Set(data.marked);
  const usual = many > 3000 ? 2.2 : many > 600 ? 4 : 6;
  const ink = token("--ink"), tones = data.tones.map(name => token(TONES[name]));
  data.seats.forEach((seat, i) => {
    const special = i === data.centre || i === data.pick, faint = marked.size && !marked.has(i) && !special;
    graph.addNode(String(i), {
      x: data.x[i], y: data.y[i], label: data.names[i], type: "shape", shape: data.shapes[data.look[i]],
      size: special ? usual * 2 : marked.has(i) ? usual * 1.6 : usual,
      color: special ? token("--sun") : faint ? token("--line-strong") : tones[data.look[i]], line: ink,
      forceLabel: special || (marked.size > 0 && marked.size < 40 && marked.has(i)), zIndex: special ? 1 : 0,
    });
  });
  const works = token("--matara"), knows = token("--sini"), e = data.edges;
  // Strongest first: the beginning is what is drawn in motion.
  for (let at = e.length - 5; at >= 0; at -= 5) {
    const strong = e[at + 2] === 1;
    graph.addEdge(String(e[at]), String(e[at + 1]), {
      type: strong ? "work" : "know", color: strong ? works : knows,
      size: strong ? 0.7 + 0.5 * e[at + 3] : 0.5 + 0.15 * e[at + 3], dash: e[at + 4] ? 0 : 1,
    });
  }
  return graph;
}

function draw(data) {
  const graph = build(data), many = data.seats.length;
  const letters = stage.dataset.large ? 20 : 13;
  const renderer = new Sigma(graph, stage, {
    defaultNodeType: "shape", nodeProgramClasses: { shape: shapes(Sigma) }, nodeHoverProgramClasses: { shape: shapes(Sigma) },
    edgeProgramClasses: { know: dashes(Sigma, pace, 1), work: dashes(Sigma, pace, 0) },
    hideLabelsOnMove: true, labelFont: "Atkinson Hyperlegible Next, sans-serif", labelWeight: "600", labelSize: letters,
    labelColor: { color: token("--ink") }, labelDensity: 0.5, labelGridCellSize: 120,
    defaultDrawNodeLabel: name, labelRenderedSizeThreshold: many > 3000 ? 6 : many > 600 ? 4 : 3,
    allowInvalidContainer: true, minCameraRatio: 0.02, maxCameraRatio: 1.6, zIndex: false, stagePadding: 24, enableEdgeEvents: false,
    doubleClickZoomingRatio: 2, defaultDrawNodeHover: hover, itemSizesReference: "screen",
    zoomToSizeRatioFunction: ratio => Math.pow(ratio, 0.4),
  });
  // Many ties are painted thin as gauze from afar, and whole when one comes near.
  const gauze = Math.min(1, 900 / graph.size);
  pace.alpha = params => Math.min(1, gauze + (1 - gauze) * Math.max(0, 1 - params.zoomRatio));
  renderer.getCamera().on("updated", () => {
    const now = performance.now(), took = now - pace.last;
    if (pace.moving && took < 400) {
      if (took > 40) pace.limit = Math.max(200, pace.limit * 0.7);
      else if (took < 24) pace.limit = Math.min(1e6, pace.limit * 1.15);
    }
    pace.last = now;
    pace.moving = true;
    clearTimeout(pace.timer);
    pace.timer = setTimeout(() => { pace.moving = false; renderer.scheduleRender(); }, 160);
  });
  return renderer;
}

/** A member's name, with the ground of the page round the letters so that ties do not run through them. */
function name(context, node, settings) {
  if (!node.label) return;
  const x = node.x + node.size + 4, y = node.y + settings.labelSize / 3;
  context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = pace.ground ??= token("--surface");
  context.strokeText(node.label, x, y);
  context.fillStyle = settings.labelColor.color;
  context.fillText(node.label, x, y);
}

/** The name of what is pointed at, on the ground of the page. */
function hover(context, node, settings) {
  const size = settings.labelSize;
  context.font = `600 ${size}px ${settings.labelFont}`;
  const wide = context.measureText(node.label).width, x = node.x + node.size + 4, y = node.y;
  context.fillStyle = token("--surface");
  context.strokeStyle = token("--ink");
  context.lineWidth = 2;
  context.beginPath();
  context.arc(node.x, node.y, node.size + 3, 0, Math.PI * 2);
  context.stroke();
  context.fillRect(x - 2, y - size * 0.75, wide + 8, size * 1.5);
  context.strokeRect(x - 2, y - size * 0.75, wide + 8, size * 1.5);
  context.fillStyle = token("--ink");
  context.fillText(node.label, x + 2, y + size * 0.33);
}

function walk(data, renderer) {
  const near = data.seats.map(() => []), confirmed = data.seats.map(() => 0), e = data.edges;
  for (let at = 0; at < e.length; at += 5) {
    near[e[at]].push([e[at + 1], at]);
    near[e[at + 1]].push([e[at], at]);
    if (e[at + 4]) { confirmed[e[at]] += 1; confirmed[e[at + 1]] += 1; }
  }
  const place = new Map(data.seats.map((seat, i) => [String(seat), i]));
  const camera = renderer.getCamera();
  const layer = document.createElement("canvas");
  layer.setAttribute("aria-hidden", "true");
  stage.querySelector(".sigma-labels")?.before(layer);
  let current = data.pick >= 0 ? data.pick : data.centre;

  const at = i => renderer.graphToViewport({ x: data.x[i], y: data.y[i] });
  const line = (context, a, b) => { const p = at(a), q = at(b); context.beginPath(); context.moveTo(p.x, p.y); context.lineTo(q.x, q.y); context.stroke(); };
  /** The ties of the member one is at, and the path, over the picture. */
  const paint = () => {
    const ratio = devicePixelRatio || 1, wide = stage.clientWidth, high = stage.clientHeight;
    if (layer.width !== Math.round(wide * ratio) || layer.height !== Math.round(high * ratio)) {
      layer.width = Math.round(wide * ratio); layer.height = Math.round(high * ratio);
      layer.style.width = wide + "px"; layer.style.height = high + "px";
    }
    const context = layer.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, wide, high);
    context.strokeStyle = token("--ink");
    context.lineWidth = 5;
    data.path.slice(1).forEach((end, i) => line(context, data.path[i], end));
    if (current < 0) return;
    for (const [far, tie] of near[current]) {
      context.strokeStyle = token(e[tie + 2] ? "--matara" : "--sini");
      context.lineWidth = e[tie + 2] ? 2 + e[tie + 3] * 0.7 : 1.6;
      context.setLineDash(e[tie + 4] ? [] : [7, 5]);
      line(context, current, far);
    }
    context.setLineDash([]);
    const p = at(current);
    context.strokeStyle = token("--ink");
    context.lineWidth = 3;
    context.beginPath(); context.arc(p.x, p.y, 13, 0, Math.PI * 2); context.stroke();
  };
  renderer.on("afterRender", paint);

  const words = i => `${data.names[i]}, ${data.counted.replace("{n}", confirmed[i])}, ${data.groups[data.look[i]]}`;
  const show = (i, move = true) => {
    current = i;
    const display = renderer.getNodeDisplayData(String(i)), ratio = Math.min(camera.ratio, data.seats.length > 600 ? 0.35 : 0.6);
    if (!move) paint();
    else if (still) camera.setState({ x: display.x, y: display.y, ratio });
    else camera.animate({ x: display.x, y: display.y, ratio }, { duration: 160 });
    announce(words(i));
  };
  const link = i => {
    let found = rows?.querySelector(`a[data-seat="${data.seats[i]}"]`);
    if (!found && rows) {
      const item = document.createElement("li");
      found = document.createElement("a");
      found.href = stage.dataset.base + data.seats[i];
      found.dataset.seat = data.seats[i];
      found.textContent = data.names[i];
      item.append(found);
      rows.append(item);
    }
    return found;
  };
  const open = async i => {
    show(i, false);
    const address = stage.dataset.base + data.seats[i];
    try {
      const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
      document.getElementById("card").replaceWith(document.adoptNode(page.getElementById("card")));
      history.replaceState(null, "", address);
    } catch { location.href = address; }
  };
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
  const toward = ([dx, dy]) => {
    let best = -1, least = Infinity;
    for (const [far] of near[current]) {
      const x = data.x[far] - data.x[current], y = data.y[far] - data.y[current];
      const along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (along > 0 && along + 2 * aside < least) { least = along + 2 * aside; best = far; }
    }
    return best;
  };
  const zoom = factor => camera.animate({ ratio: Math.min(1.6, Math.max(0.02, camera.ratio * factor)) }, { duration: still ? 0 : 160 });
  const keys = (event, fromList) => {
    if (ways[event.key]) {
      event.preventDefault();
      if (current < 0) { show(0); return; }
      const next = toward(ways[event.key]);
      if (next < 0) { announce(words(current)); return; }
      show(next);
      if (fromList) link(next).focus();
    } else if (event.key === "Enter" && current >= 0) { event.preventDefault(); open(current); }
    else if (event.key === "+" || event.key === "-") { event.preventDefault(); zoom(event.key === "+" ? 0.67 : 1.5); }
  };
  stage.tabIndex = 0;
  stage.setAttribute("role", "application");
  stage.setAttribute("aria-label", stage.dataset.name);
  stage.addEventListener("keydown", event => { if (event.target === stage) keys(event, false); });
  rows?.addEventListener("focusin", event => { const i = place.get(event.target.dataset?.seat); if (i !== undefined && i !== current) show(i); });
  rows?.addEventListener("keydown", event => { if (event.target.dataset?.seat) keys(event, true); });
  rows?.addEventListener("click", event => {
    const i = place.get(event.target.dataset?.seat);
    if (i !== undefined && !event.ctrlKey && !event.metaKey) { event.preventDefault(); show(i); open(i); }
  });
  renderer.on("clickNode", ({ node }) => open(Number(node)));
  renderer.on("enterNode", () => { stage.style.cursor = "pointer"; stage.classList.add("nm-hovering"); });
  renderer.on("leaveNode", () => { stage.style.cursor = ""; stage.classList.remove("nm-hovering"); });

  const box = document.createElement("div");
  box.className = "nm-zoom";
  for (const [sign, name, act] of [["+", "in", () => zoom(0.6)], ["−", "out", () => zoom(1.6)], ["○", "fit", () => camera.animatedReset({ duration: still ? 0 : 160 })]]) {
    const button = document.createElement("button");
    button.type = "button"; button.textContent = sign; button.onclick = act;
    button.setAttribute("aria-label", stage.dataset[name]);
    box.append(button);
  }
  stage.append(box);
  addEventListener("keydown", event => {
    if (event.target.matches("input,select,textarea")) return;
    if (event.key === "/") { event.preventDefault(); document.querySelector("[data-find]")?.focus(); }
    else if (event.key === "Escape") { current = -1; paint(); document.querySelector("a[data-close]")?.click(); }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    pace.ground = undefined;
    renderer.setSetting("labelColor", { color: token("--ink") });
    renderer.setGraph(build(data));
  });
  stage.renderer = renderer; // for the bench
  paint();
}

if (stage) begin();

// A small map on the keyboard: one tab stop; arrows walk to the neighbour in that direction, Enter opens the card,
// Esc closes it, / goes to the search. Without this script every member is a link of its own.
import { announce } from "../ui/kutomo.js";

for (const map of document.querySelectorAll("[data-map]")) {
  const nodes = [...map.querySelectorAll("a[data-seat]")];
  const seats = new Map(nodes.map(node => [node.dataset.seat, node]));
  const lines = [...map.querySelectorAll("[data-a]")];
  if (!nodes.length) continue;
  const near = node => node.dataset.near.split(" ").filter(Boolean).map(seat => seats.get(seat)).filter(Boolean);
  const stop = node => { for (const one of nodes) one.tabIndex = one === node ? 0 : -1; };
  stop(seats.get(map.dataset.first) ?? nodes[0]);

  const light = node => {
    const friends = new Set(near(node));
    for (const one of nodes) one.classList.toggle("nm-near", friends.has(one));
    for (const line of lines) line.classList.toggle("nm-lit", line.dataset.a === node.dataset.seat || line.dataset.b === node.dataset.seat);
  };
  map.addEventListener("focusin", event => {
    const node = event.target.closest("a[data-seat]");
    if (node) { stop(node); light(node); }
  });
  map.addEventListener("mouseover", event => { const node = event.target.closest("a[data-seat]"); if (node) light(node); });

  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  // Of the tied ones that which lies best in the direction; where there is none, of all.
  const toward = (node, [dx, dy], others) => {
    let best = null, least = Infinity;
    for (const other of others) {
      const x = other.dataset.x - node.dataset.x, y = other.dataset.y - node.dataset.y;
      const along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (other !== node && along > 0 && along + 2 * aside < least) { least = along + 2 * aside; best = other; }
    }
    return best;
  };
  map.addEventListener("keydown", event => {
    const node = event.target.closest("a[data-seat]");
    if (!node) return;
    const way = ways[event.key];
    if (way) {
      const next = toward(node, way, near(node)) ?? toward(node, way, nodes);
      event.preventDefault();
      if (next) next.focus(); else announce(node.getAttribute("aria-label"));
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      nodes[event.key === "Home" ? 0 : nodes.length - 1].focus();
    }
  });
}

addEventListener("keydown", event => {
  if (event.target.matches("input,select,textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    const find = document.querySelector("[data-find]");
    if (find) { event.preventDefault(); find.focus(); }
  } else if (event.key === "Escape") document.querySelector("a[data-close]")?.click();
});

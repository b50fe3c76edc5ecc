// Cards into groups by dragging, by tapping and by keyboard. Each card also has a plain form (a list and a button),
// which is all there is without this script; every way of moving ends in sending that form.
//
// [data-sorting]            the whole, with the sentences for screen readers: data-picked, data-moved, data-back, data-failed
//   [data-group="3"]        a group, [data-group-name] its name, [data-cards] its list, [data-count] its number, [data-put] a button
//     [data-card="12"]      a card, [data-card-name] its words, [data-pick] a button, form[data-move] with a select named "group"
// kutomo.js speaks and shows; it listens for these.
const tell = (how, words) => words && document.dispatchEvent(new CustomEvent(how, { detail: words }));
const announce = words => tell("announce", words), toast = words => tell("toast", words);

let picked = null; // the card in hand
let moved = null; // the card that was put down last, to find it again after a swap

const all = (root, what) => [...root.querySelectorAll(what)];
const whole = element => element.closest("[data-sorting]");
const nameOf = card => card.querySelector("[data-card-name]").textContent.trim().replace(/[.!?]$/, "");
const groupOf = card => card.closest("[data-group]");
const groupName = group => group.querySelector("[data-group-name]").textContent.trim();
const say = (board, which, card, group) =>
  (board.dataset[which] ?? "").replace("{card}", nameOf(card)).replace("{group}", group ? groupName(group) : "");

function ready(root) {
  for (const board of all(root, "[data-sorting]").concat(root.matches?.("[data-sorting]") ? [root] : [])) {
    board.dataset.on = "";
    for (const card of all(board, "[data-card]")) card.draggable = Boolean(card.querySelector("form[data-move]"));
  }
}

function pick(card) {
  drop();
  picked = card;
  const board = whole(card);
  board.dataset.picking = "";
  card.querySelector("[data-pick]")?.setAttribute("aria-pressed", "true");
  for (const group of all(board, "[data-group]")) group.querySelector("[data-put]").hidden = group === groupOf(card);
  announce(say(board, "picked", card));
}

function drop(spoken) {
  if (!picked) return;
  const card = picked, board = whole(card);
  picked = null;
  if (!board) return;
  delete board.dataset.picking;
  card.querySelector("[data-pick]")?.setAttribute("aria-pressed", "false");
  for (const button of all(board, "[data-put]")) button.hidden = true;
  for (const group of all(board, "[data-over]")) delete group.dataset.over;
  if (spoken) announce(say(board, "back", card));
}

function count(board) {
  for (const group of all(board, "[data-group]")) {
    const number = group.querySelector("[data-count]");
    if (number) number.textContent = all(group, "[data-card]").length;
  }
}

function put(card, group) {
  const board = whole(card), from = groupOf(card), after = card.nextElementSibling, form = card.querySelector("form[data-move]");
  drop();
  if (!form || group === from) return;
  form.elements.group.value = group.dataset.group;
  group.querySelector("[data-cards]").append(card);
  moved = card.dataset.card;
  count(board);
  card.querySelector("[data-pick]")?.focus();
  announce(say(board, "moved", card, group));
  if (form.hasAttribute("hx-post")) { form.requestSubmit(); return; } // htmx sends it and swaps what the server says
  const back = () => {
    from.querySelector("[data-cards]").insertBefore(card, after);
    form.elements.group.value = from.dataset.group;
    count(board);
    toast(board.dataset.failed);
  };
  // A redirect means that it was done; anything but that or success means that it was not.
  fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", credentials: "same-origin" })
    .then(answer => { if (!answer.ok && answer.type !== "opaqueredirect") back(); }, back);
}

document.addEventListener("click", event => {
  const pickButton = event.target.closest("[data-pick]"), putButton = event.target.closest("[data-put]");
  if (pickButton) {
    const card = pickButton.closest("[data-card]");
    if (picked === card) drop(true); else pick(card);
  } else if (putButton && picked) put(picked, putButton.closest("[data-group]"));
});

document.addEventListener("keydown", event => {
  if (!picked) return;
  if (event.key === "Escape") { const card = picked; drop(true); card.querySelector("[data-pick]")?.focus(); return; }
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const places = all(whole(picked), "[data-put]:not([hidden])");
  if (!places.length) return;
  const at = places.indexOf(document.activeElement);
  places[at < 0 ? (step > 0 ? 0 : places.length - 1) : (at + step + places.length) % places.length].focus();
  event.preventDefault();
});

document.addEventListener("dragstart", event => {
  const card = event.target.closest?.("[data-card][draggable=true]");
  if (!card) return;
  pick(card);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", nameOf(card));
});
document.addEventListener("dragover", event => {
  const group = picked && event.target.closest?.("[data-group]");
  if (!group || whole(group) !== whole(picked)) return;
  event.preventDefault();
  for (const other of all(whole(group), "[data-over]")) if (other !== group) delete other.dataset.over;
  group.dataset.over = "";
});
document.addEventListener("drop", event => {
  const group = picked && event.target.closest?.("[data-group]");
  if (!group || whole(group) !== whole(picked)) return;
  event.preventDefault();
  put(picked, group);
});
document.addEventListener("dragend", () => drop());

document.addEventListener("htmx:afterSwap", event => {
  ready(event.target);
  picked = null;
  const card = moved && document.querySelector(`[data-card="${CSS.escape(moved)}"] [data-pick]`);
  if (card && (document.activeElement === document.body || !document.activeElement)) card.focus();
  moved = null;
});
ready(document);

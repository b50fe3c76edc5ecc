// Keeps every tap of the survey at once, and finds members. Without it the form's own buttons keep everything.
const form = document.getElementById("survey");
const state = form.querySelector("[data-state]"), done = document.querySelector("[data-done]");
const token = form.elements.csrfmiddlewaretoken.value;
const waiting = new Map();        // field name -> value that the server does not have yet; "" takes an answer back
let sending = false, tries = 0, quiet = 0, pressed = null;

function tell(what) {
  clearTimeout(quiet);
  state.dataset.tone = what; state.textContent = form.dataset[what] ?? "";
  if (what === "saved" || what === "taken") quiet = setTimeout(() => { state.textContent = ""; }, 1500);
}
function count() {
  if (done) done.textContent = form.querySelectorAll("input[type=radio]:checked").length;
}
async function send() {
  if (sending || !waiting.size) return;
  sending = true;
  const batch = new Map(waiting);
  let answer;
  try {
    answer = await fetch(form.dataset.keepAt, { method: "POST", keepalive: true, headers: { "X-CSRFToken": token }, body: new URLSearchParams([...batch]) });
  } catch { /* no connection */ }
  sending = false;
  if (answer?.ok) {
    tries = 0;
    for (const [name, value] of batch) if (waiting.get(name) === value) waiting.delete(name);
    tell([...batch.values()].every(value => value === "") ? "taken" : "saved");
    send();
  } else if (answer && answer.status < 500) {
    tell("refused");              // the form itself will say why
  } else {
    tell("waiting");
    setTimeout(send, Math.min(30, 2 ** tries++) * 1000);
  }
}
function keep(name, value) { waiting.set(name, value); count(); send(); }
function takeBack(radio) { radio.checked = false; keep(radio.name, ""); }

form.addEventListener("change", event => { if (event.target.type === "radio") keep(event.target.name, event.target.value); });
// A second tap on a chosen answer takes it back (a double tap does not); Delete does the same from the keyboard.
form.addEventListener("pointerdown", event => {
  const radio = event.target.closest("label")?.querySelector("input");
  pressed = radio?.checked && event.timeStamp - Number(radio.dataset.at ?? -1000) > 700 ? radio : null;
});
form.addEventListener("click", event => {
  if (event.target.type !== "radio") return;
  if (event.target === pressed) takeBack(pressed);
  event.target.dataset.at = event.timeStamp;
  pressed = null;
});
form.addEventListener("keydown", event => {
  if (event.target.type === "radio" && event.target.checked && ["Delete", "Backspace"].includes(event.key)) { event.preventDefault(); takeBack(event.target); }
});
// What is still on its way goes with the form, taken-back answers too; then no tap may overtake it.
form.addEventListener("submit", () => {
  for (const [name, value] of waiting) if (value === "") form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  waiting.clear();
});
addEventListener("online", send);
addEventListener("beforeunload", event => { if (waiting.size) event.preventDefault(); });
addEventListener("pageshow", count);

// Find a member: rows that do not match are put away, and sections that are empty.
const find = document.querySelector("[data-find]");
if (find) {
  find.hidden = false;
  const box = find.querySelector("input"), told = find.querySelector("[role=status]");
  const rows = [...form.querySelectorAll("fieldset")].map(row => [row, row.querySelector("legend").textContent.toLocaleLowerCase()]);
  box.addEventListener("input", () => {
    const words = box.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const [row, name] of rows) { row.hidden = !words.every(word => name.includes(word)); found += !row.hidden; }
    for (const part of form.querySelectorAll("section")) part.hidden = !part.querySelector("fieldset:not([hidden])");
    told.textContent = !words.length ? "" : found === 1 ? told.dataset.one : found ? `${told.dataset.many} ${found}` : told.dataset.none;
  });
}
for (const words of document.querySelectorAll("[data-scripted]")) words.hidden = false;

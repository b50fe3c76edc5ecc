// Keeps one screen of a live meeting in step: phone, host's page, big screen. No dependencies.
// [data-pulse] is the part that moves: it asks "anything newer than data-version?" about once a second.
const part = document.querySelector("[data-pulse]");
const line = document.querySelector("[data-line]");
const own = part.dataset.keep || "";            // name of this meeting's store; empty on the host's screens
const lang = document.documentElement.lang;
const QUICK = 1000, HIDDEN = 5000, SLOWEST = 15000;
let version = part.dataset.version, wait = QUICK, timer = 0, asking = false, over = false;
let lag = Date.now() - Number(part.dataset.now);  // this device's clock against the server's

// --- what this device remembers -----------------------------------------------------------------
const load = () => { try { return JSON.parse(localStorage.getItem(own)) || {}; } catch { return {}; } };
const kept = Object.assign({ sent: [], drafts: {}, codes: {} }, own ? load() : {});
const keep = () => { if (own) try { localStorage.setItem(own, JSON.stringify(kept)); } catch { /* a full or closed store */ } };
const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map(n => n.toString(16).padStart(2, "0")).join("");

// --- moving along -------------------------------------------------------------------------------
function next(after) { clearTimeout(timer); if (!over) timer = setTimeout(beat, after * (0.85 + Math.random() * 0.3)); }
function tell(state) { if (line && line.dataset.state !== state) { line.dataset.state = state; line.textContent = line.dataset[state]; } }

async function beat() {
  if (asking) return;
  asking = true;
  try {
    const url = `${part.dataset.pulse}?v=${encodeURIComponent(version)}&l=${lang}`;
    const got = await fetch(url, { headers: { "X-Live": "1" }, cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (got.status >= 500 || got.status === 429) throw new Error(got.status);
    if (got.status === 200) {
      const html = await got.text();
      version = got.headers.get("X-Version") || version;
      over = got.headers.get("X-Over") === "1";
      lag = Date.now() - Number(got.headers.get("X-Now") || Date.now() - lag);
      swap(html);
    } else if (got.status === 404 || got.redirected) over = true;
    wait = document.hidden ? HIDDEN : QUICK;
    tell("fine");
    flush();
  } catch {
    wait = Math.min(SLOWEST, wait * 1.6);
    tell("lost");
  }
  asking = false;
  next(wait);
}

function swap(html) {
  const at = document.activeElement, name = part.contains(at) && at.name, from = at?.selectionStart, to = at?.selectionEnd;
  const old = part.querySelector("h1")?.textContent, step = stepOf(part);
  part.innerHTML = html;
  dress();
  const title = part.querySelector("h1")?.textContent;
  if (name && stepOf(part) === step) {
    const again = part.querySelector(`[name="${CSS.escape(name)}"]`);
    again?.focus({ preventScroll: true });
    try { again?.setSelectionRange(from, to); } catch { /* not a text field */ }
  }
  const say = document.getElementById("live");
  if (say && title && title !== old) say.textContent = title;
}
const stepOf = root => root.querySelector("[data-step]")?.dataset.step;

// --- forms: drafts, a line of what was sent, sending again until it arrives -----------------------
const place = (form, field) => `${form.dataset.step}:${field.name}`;

function dress() {
  for (const form of part.querySelectorAll("form[data-answer]")) for (const field of form.elements) {
    const draft = kept.drafts[place(form, field)];
    if (!field.name || draft === undefined || field.type === "hidden") continue;
    if (field.type === "radio") field.checked = field.value === draft;
    else if (field.type === "checkbox") field.checked = draft.split(",").includes(field.value);
    else field.value = draft;
  }
  for (const self of part.querySelectorAll("select[data-self]")) self.value = part.dataset.me;
  list();
  clock();
}

function draft(event) {
  const form = event.target.form, field = event.target;
  if (!form?.hasAttribute("data-answer") || !field.name) return;
  kept.drafts[place(form, field)] = values(form)[field.name] ?? "";
  keep();
}

function values(form) {
  const all = {};
  for (const [name, value] of new FormData(form)) {
    if (name === "csrfmiddlewaretoken" || name === "code") continue;
    all[name] = all[name] === undefined ? value.trim() : `${all[name]},${value.trim()}`;
  }
  return all;
}

function send(event) {
  const form = event.target;
  if (!part.contains(form) || !own || !form.matches("[data-answer],[data-act]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();           // the page's own "send once" is not for us
  const { step, ...given } = values(form);
  if (event.submitter?.name) given[event.submitter.name] = event.submitter.value;
  const answers = form.hasAttribute("data-answer"), once = form.hasAttribute("data-once");
  for (const name of Object.keys(given)) if (!given[name]) delete given[name];
  if (answers && !Object.keys(given).length) { form.querySelector("textarea,input:not([type=hidden])")?.focus(); return; }
  const key = `${step ?? ""}:${Object.keys(given).join()}`;
  const code = once ? (kept.codes[key] ??= fresh()) : fresh();
  const shown = answers && !once ? Object.values(given).join(", ") : "";
  if (once) kept.sent = kept.sent.filter(one => one.code !== code);
  kept.sent.push({ url: form.action, step, code, given, shown, once, state: "waiting" });
  if (answers && !once) for (const field of form.elements) if (field.type !== "hidden" && field.name) { delete kept.drafts[place(form, field)]; if ("value" in field && field.type !== "radio") field.value = ""; }
  keep();
  list();
  flush().then(() => { if (!answers) { next(300); form.reset(); } });
  form.querySelector("textarea")?.focus();
}

let flushing = false;
async function flush() {
  if (!own || flushing) return;
  flushing = true;
  for (const one of kept.sent.filter(item => item.state === "waiting")) {
    const body = new URLSearchParams({ ...one.given, code: one.code, language: lang, ...(one.step ? { step: one.step } : {}) });
    try {
      const got = await fetch(one.url, { method: "POST", body, headers: { "X-Live": "1", "X-CSRFToken": part.dataset.token }, signal: AbortSignal.timeout(20000) });
      if (got.status >= 500 || got.status === 429) throw new Error(got.status);
      one.state = got.ok ? "sent" : "refused";
      if (!got.ok) one.words = await reason(got);
    } catch {
      tell("lost");
      break;                                   // the next heartbeat tries again, with the same code
    }
    keep();
    list();
  }
  flushing = false;
}

async function reason(got) {
  const text = await got.text();
  try { return JSON.parse(text).words; } catch { /* a whole page came */ }
  return new DOMParser().parseFromString(text, "text/html").querySelector("[data-refusal]")?.textContent.trim() || "";
}

function list() {
  for (const place of part.querySelectorAll("[data-mine]")) {
    const mine = kept.sent.filter(one => one.step === place.dataset.mine);
    place.hidden = !mine.length;
    place.querySelector("ul").replaceChildren(...mine.map(one => {
      const row = document.createElement("li"), words = document.createElement("p"), state = document.createElement("p");
      row.className = "answer sent";
      row.dataset.state = one.state;
      words.textContent = one.shown;
      state.className = "meta";
      state.textContent = one.state === "refused" && one.words ? one.words : place.dataset[one.state];
      row.append(...(one.shown ? [words] : []), state);
      if (one.state === "refused" && one.once) row.append(Object.values(one.given).join(", "));
      return row;
    }));
  }
}

// --- timers: the server's end, this device's clock corrected by the server's ----------------------
function clock() {
  for (const place of part.querySelectorAll("[data-ends]")) {
    const left = Math.max(0, Math.round((Number(place.dataset.ends) - (Date.now() - lag)) / 1000));
    place.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    place.toggleAttribute("data-up", !left);
  }
}

addEventListener("submit", send, true);
addEventListener("input", draft);
addEventListener("change", draft);
addEventListener("online", () => { wait = QUICK; next(0); });
document.addEventListener("visibilitychange", () => { wait = document.hidden ? HIDDEN : QUICK; next(document.hidden ? HIDDEN : 0); });
addEventListener("pageshow", event => { if (event.persisted) next(0); });
setInterval(clock, 500);
dress();
flush();
next(QUICK);

// Small conveniences. Everything on the page works without them, except the live meeting's own refresh.
const live = document.getElementById("live");

/** Say something to screen readers in the page's one live region. */
export function announce(words) {
  if (!live || !words) return;
  live.textContent = "";
  setTimeout(() => { live.textContent = words; }, 50);
}

/** Show a short message that stays until it is closed. */
export function toast(words) {
  const place = document.querySelector("[data-toasts]");
  if (!place || !words) return;
  const box = document.createElement("p"), text = document.createElement("span"), close = document.createElement("button");
  box.className = "toast"; text.textContent = words;
  close.className = "tool"; close.type = "button"; close.textContent = live?.dataset.close || "×";
  close.onclick = () => box.remove();
  box.append(text, close); place.replaceChildren(box); announce(words);
}

const on = (type, act) => document.addEventListener(type, act);
// The server may say so in the header HX-Trigger: {"announce": "Saved"} or {"toast": "Sent"}.
on("announce", event => announce(event.detail.value ?? event.detail));
on("toast", event => toast(event.detail.value ?? event.detail));

// Dialogs: <button data-dialog="id"> opens <dialog id>; closing gives the focus back to the button.
on("click", event => {
  const opener = event.target.closest?.("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog?.showModal) { event.preventDefault(); dialog.showModal(); dialog.querySelector("[data-safe]")?.focus(); }
  if (event.target.closest?.("[data-shut]")) event.target.closest("dialog")?.close();
  const copy = event.target.closest?.("[data-copy]");
  if (copy) navigator.clipboard?.writeText(document.getElementById(copy.dataset.copy)?.textContent.trim() ?? "").then(() => announce(copy.dataset.copied));
  if (event.target.closest?.("[data-print]")) print();
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});
on("keydown", event => {
  const menu = event.key === "Escape" && document.querySelector("[data-menu][open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

// A form is sent once: the pressed button says that it is busy.
on("submit", event => {
  const form = event.target, button = event.submitter;
  if (form.method === "dialog") return;
  if (form.dataset.sending) { event.preventDefault(); return; }
  if (form.hasAttribute("data-hx-post") || form.hasAttribute("hx-post")) return;
  form.dataset.sending = "1";
  button?.setAttribute("aria-busy", "true");
  for (const field of form.querySelectorAll("[data-draft]")) sessionStorage.setItem("sent", field.dataset.draft);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
  for (const button of document.querySelectorAll(".btn[aria-busy]")) button.removeAttribute("aria-busy");
});

// Drafts: <textarea data-draft="some key"> keeps its words on the device until they are sent.
const kept = key => "draft:" + key;
function drafts(root) {
  for (const field of root.querySelectorAll?.("[data-draft]") ?? []) {
    try {
      if (!field.value) field.value = localStorage.getItem(kept(field.dataset.draft)) ?? "";
    } catch { /* no storage, no drafts */ }
  }
}
on("input", event => {
  const key = event.target.dataset?.draft;
  try { if (key) event.target.value ? localStorage.setItem(kept(key), event.target.value) : localStorage.removeItem(kept(key)); } catch { /* as above */ }
});
/** Forget a draft, when its words have arrived. */
export function arrived(key) { try { localStorage.removeItem(kept(key)); } catch { /* as above */ } }
try {
  const sent = sessionStorage.getItem("sent");
  // Sent and not shown again with errors: it has arrived.
  if (sent && !document.querySelector("[data-summary], [aria-invalid=true], [data-refusal]")) arrived(sent);
  sessionStorage.removeItem("sent");
} catch { /* as above */ }
drafts(document);

// The strip that tells of a lost connection. The words are put in anew so that they are spoken.
const strip = document.querySelector("[data-offline]");
const line = () => { const words = strip?.firstElementChild; if (words) words.hidden = navigator.onLine; };
addEventListener("offline", line); addEventListener("online", line); line();

// Errors first: the summary, or the first field that failed.
function errors(root) { (root.querySelector?.("[data-summary]") ?? root.querySelector?.("[aria-invalid=true]"))?.focus(); }
errors(document);

// htmx: new parts get their drafts and errors; the focus goes where the part says, and nowhere else.
on("htmx:afterSwap", event => {
  const part = event.detail.elt ?? event.target;
  drafts(part); errors(part);
  part.querySelector?.("[data-focus]")?.focus();
});
on("htmx:sendError", () => { if (strip) strip.firstElementChild.hidden = false; });
on("htmx:afterRequest", event => {
  if (!event.detail.successful) return;
  if (strip && navigator.onLine) strip.firstElementChild.hidden = true;
  for (const field of event.detail.elt.querySelectorAll?.("[data-draft]") ?? []) arrived(field.dataset.draft);
});

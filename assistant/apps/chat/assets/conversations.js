// Which conversation is this tab's, and which others the browser keeps. (`browser_history` says what
// one looks like; the app checks it when it comes back.)
//
// A tab has the id of its conversation in its session storage, so that a reload finds it again; what
// was said stands in the local storage under that id, behind a line that says which page has it. A
// page takes it over where none has it, and else goes on with a copy of its own: two tabs may begin
// with the same conversation (one may be a copy of the other), but never write the same one.
//
// It puts buttons for the other conversations into .tk-earlier, and leaves `window.tenkyoConversations`
// with `load` and `keep`, for the events of the app.
(() => {
  "use strict";
  if (window.tenkyoConversations) return;
  const { announce, find, readText } = window.tenkyo;

  const OWN_KEY = "tenkyo-conversation";
  const PREFIX = "tenkyo-conversation-";
  // The text `history_kept` says both.
  const MOST_KEPT = 10;
  const MOST_DAYS = 30;
  const DAY_MILLISECONDS = 24 * 3600 * 1000;
  const TITLE_CHARACTERS = 100;
  // The owner of what no page has.
  const NOBODY = "";
  // Controls and signs of direction, which could make a title read otherwise than it says.
  const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

  const page = makeId();
  let own = attempt(() => sessionStorage.getItem(OWN_KEY)) || choose(makeId());
  let isTold = false;

  function makeId() {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // A browser may forbid its storage, or have no room left in it.
  function attempt(use) {
    try {
      return use();
    } catch {
      return null;
    }
  }

  function choose(id) {
    attempt(() => sessionStorage.setItem(OWN_KEY, id));
    return id;
  }

  // Entries: a line of JSON (owner: the page that has it; changed: milliseconds since 1970; title:
  // its first question), and then the conversation

  function readEntry(id) {
    return attempt(() => {
      const value = localStorage.getItem(PREFIX + id);
      const end = value.indexOf("\n");
      const { owner, changed, title } = JSON.parse(value.slice(0, end));
      if (typeof title !== "string" || !Number.isFinite(changed)) return null;
      return { id, owner, changed, title, text: value.slice(end + 1) };
    });
  }

  function writeEntry({ id, owner, changed, title, text }) {
    const value = `${JSON.stringify({ owner, changed, title })}\n${text}`;
    return attempt(() => { localStorage.setItem(PREFIX + id, value); return true; });
  }

  const removeEntry = (id) => attempt(() => localStorage.removeItem(PREFIX + id));

  // The other conversations, the latest first.
  function listOthers() {
    const keys = attempt(() => Object.keys(localStorage)) ?? [];
    return keys
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => readEntry(key.slice(PREFIX.length)))
      .filter((entry) => entry !== null && entry.id !== own)
      .sort((one, other) => other.changed - one.changed);
  }

  function forgetOld() {
    const oldest = Date.now() - MOST_DAYS * DAY_MILLISECONDS;
    const places = readEntry(own) === null ? MOST_KEPT : MOST_KEPT - 1;
    listOthers()
      .filter((entry, place) => place >= places || entry.changed < oldest)
      .forEach((entry) => removeEntry(entry.id));
  }

  // For the app

  // Returns the conversation to begin with, "" for none.
  function load() {
    forgetOld();
    const entry = readEntry(own);
    if (entry === null) return "";
    // Another page has it, or had it when the browser broke down.
    if (entry.owner !== NOBODY) own = choose(makeId());
    writeEntry({ ...entry, id: own, owner: page });
    return entry.text;
  }

  function keep(text) {
    if (!text) return; // the app has not begun
    const before = readEntry(own);
    if (before !== null && before.owner !== page) own = choose(makeId());
    else if (before !== null && before.text === text) return;
    const { turns } = JSON.parse(text);
    if (turns.length === 0) removeEntry(own);
    else write(turns[0].question, text);
  }

  function write(question, text) {
    const title = [...question].slice(0, TITLE_CHARACTERS).join("");
    const entry = { id: own, owner: page, changed: Date.now(), title, text };
    let isWritten = writeEntry(entry);
    // The oldest make room for this one.
    for (const other of isWritten ? [] : listOthers().reverse()) {
      removeEntry(other.id);
      isWritten = writeEntry(entry);
      if (isWritten) break;
    }
    if (isWritten) forgetOld();
    else if (!isTold) announce(readText("notKept"), { isSeen: false });
    isTold = !isWritten;
  }

  function pass(from, to) {
    const entry = readEntry(own);
    if (entry !== null && entry.owner === from) writeEntry({ ...entry, owner: to });
  }

  window.addEventListener("pagehide", () => pass(page, NOBODY));
  // A browser may show a page again as it was.
  window.addEventListener("pageshow", (event) => { if (event.persisted) pass(NOBODY, page); });

  // For the user

  // The page begins anew, so that no event of what it was can reach what it is.
  function goTo(id) {
    if (find(".tk-conversation")?.getAttribute("aria-busy") === "true") {
      announce(readText("busy"), { isSeen: false });
      return;
    }
    choose(id);
    location.reload();
  }

  function showOthers() {
    const place = find("#tenkyo-conversation .tk-earlier");
    if (place === null || place.childElementCount > 0) return;
    const others = listOthers();
    if (others.length === 0) return;
    const label = document.createElement("p");
    label.className = "tk-label";
    label.id = "tk-earlier";
    label.textContent = readText("earlier");
    const list = document.createElement("ul");
    list.setAttribute("aria-labelledby", label.id);
    list.append(...others.map(buildItem));
    place.append(label, list);
  }

  function buildItem({ id, changed, title }) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const name = document.createElement("span");
    const time = document.createElement("time");
    button.type = "button";
    button.dataset.conversation = id;
    name.className = "tk-title";
    name.textContent = [...title].slice(0, TITLE_CHARACTERS).join("").replace(UNSEEN, " ");
    time.className = "tk-place";
    const format = { dateStyle: "medium", timeStyle: "short" };
    time.textContent = new Date(changed).toLocaleString(document.documentElement.lang, format);
    button.append(name, time);
    item.append(button);
    return item;
  }

  document.addEventListener("tenkyo-drawn", showOthers);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.dataset.conversation !== undefined) goTo(button.dataset.conversation);
    else if (button?.classList.contains("tk-new")) goTo(makeId());
  });

  window.tenkyoConversations = Object.freeze({ load, keep });
})();

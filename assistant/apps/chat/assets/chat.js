// What the page of the chat does by itself: it hands presses on our HTML to the app, copies, saves,
// and says what happened to screen readers. What keys do is in `keys.js`, where the focus goes in
// `focus.js`, what the browser keeps in `conversations.js`.
//
// It finds these parts of the page:
//   #tenkyo-question     holds the textarea of the question
//   #tenkyo-action       holds a textarea that takes an action as JSON; #tenkyo-act is its button
//   #tenkyo-conversation holds the turns (.tk-turn)
//   #tenkyo-source       holds the source that is shown (.tk-source)
//   #tenkyo-chat, -side  the conversation and the panel, of which a phone shows one at a time;
//                        .tk-panel-button leads from one to the other
//   [data-page-language] has language, title and texts of the script (`page_data_html`)
// and leaves `window.tenkyo` with `save`, for an event of the app, and what the other scripts need;
// these are told by the event `tenkyo-drawn` of the document that the app has drawn something anew.
(() => {
  "use strict";
  if (window.tenkyo) return;

  const PHONE = window.matchMedia("(max-width: 900px)");
  const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");
  // Longer than any source takes to come; one that the notes have no more never comes.
  const SOURCE_MILLISECONDS = 10000;
  const TOAST_MILLISECONDS = 4000;
  // Above a question that has come to the top.
  const PIXELS_ABOVE = 16;

  const find = (selector) => document.querySelector(selector);
  const findButton = (id) => find(`button#${id}, #${id} button`);
  const isShown = (element) => element !== null && element.getClientRects().length > 0;

  // Saying

  const live = document.createElement("div");
  live.setAttribute("role", "status");
  let toastTimer = 0;

  // To screen readers; what is not seen anyway, to everybody.
  function announce(text, { isSeen }) {
    if (!text) return;
    live.className = isSeen ? "tk-unseen" : "tk-toast";
    live.textContent = "";
    // The same text twice is only said twice if it was gone in between.
    requestAnimationFrame(() => { live.textContent = text; });
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => { live.textContent = ""; }, TOAST_MILLISECONDS);
  }

  const readText = (name) => find("[data-page-language]")?.dataset[name] ?? "";

  // The bridge to the app

  function act(action) {
    const area = find("#tenkyo-action textarea, #tenkyo-action input");
    const button = findButton("tenkyo-act");
    if (area === null || button === null) return;
    const prototype = Object.getPrototypeOf(area);
    // The page's framework must see it as typed.
    Object.getOwnPropertyDescriptor(prototype, "value").set.call(area, JSON.stringify(action));
    area.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => button.click(), 0);
  }

  // Sources: what opened one, so that the way back leads there

  let opener = null;
  let awaited = "";

  function openSource(button, action, { isByKey }) {
    if (button.closest("#tenkyo-source") === null) opener = describeButton(button);
    for (const other of document.querySelectorAll("[aria-current=true]")) {
      other.removeAttribute("aria-current");
    }
    button.setAttribute("aria-current", "true");
    act(action);
    awaitSource(JSON.stringify(action), isByKey);
  }

  function awaitSource(wanted, isByKey) {
    const end = performance.now() + SOURCE_MILLISECONDS;
    awaited = wanted;
    requestAnimationFrame(function look() {
      const shown = find("#tenkyo-source [data-opened-by]");
      if (shown?.dataset.openedBy === wanted && isShown(shown)) {
        revealSource(isByKey);
      } else if (awaited === wanted && performance.now() < end) {
        requestAnimationFrame(look);
      }
    });
  }

  function describeButton(button) {
    const names = ["data-turn", "data-marker", "data-option", "data-side", "data-section"];
    const parts = names
      .filter((name) => button.hasAttribute(name))
      .map((name) => `[${name}="${CSS.escape(button.getAttribute(name))}"]`);
    return { button, selector: `button${parts.join("")}` };
  }

  function revealSource(isByKey) {
    const heading = find("#tenkyo-source .tk-source-heading");
    announce(heading.dataset.announce, { isSeen: true });
    if (PHONE.matches) showPanel();
    // With a mouse, reading goes on where it was.
    if (PHONE.matches || isByKey) heading.focus({ preventScroll: true });
    // From its head; on to the cited lines where those are out of sight.
    const panel = find("#tenkyo-side");
    panel.scrollTop = 0;
    const cited = find("#tenkyo-source .tk-cited");
    const end = panel.getBoundingClientRect().bottom;
    if (cited !== null && cited.getBoundingClientRect().bottom > end) scrollTo(cited, "center");
  }

  function returnToOpener() {
    const wasOpen = hidePanel();
    if (opener === null) return wasOpen;
    // The conversation may have been drawn anew since, in the same elements or in others.
    const { button: pressed, selector } = opener;
    const button = pressed.isConnected && pressed.matches(selector) ? pressed : find(selector);
    opener = null;
    if (!isShown(button)) return wasOpen;
    button.removeAttribute("aria-current");
    button.focus({ preventScroll: true });
    scrollTo(button, "center");
    return true;
  }

  function scrollTo(element, block) {
    element.scrollIntoView({ block, behavior: readBehavior() });
  }

  const readBehavior = () => (CALM.matches ? "auto" : "smooth");

  // The panel on a phone, where it covers the conversation

  const root = document.documentElement;
  const isPanelOpen = () => root.dataset.panel === "open";

  function showPanel() {
    if (isPanelOpen()) return;
    root.dataset.panel = "open";
    find("#tenkyo-chat")?.setAttribute("inert", "");
    // The phone's own way back closes the panel, not the page.
    history.pushState({ isPanel: true }, "");
  }

  function hidePanel() {
    if (!isPanelOpen()) return false;
    delete root.dataset.panel;
    find("#tenkyo-chat")?.removeAttribute("inert");
    if (history.state?.isPanel) history.back();
    return true;
  }

  window.addEventListener("popstate", () => { if (isPanelOpen()) returnToOpener(); });
  PHONE.addEventListener("change", hidePanel);

  // Presses

  document.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target : null;
    if (pressed?.closest(".tk-skip")) {
      event.preventDefault();
      find("#tenkyo-question textarea")?.focus();
    }
    const button = pressed?.closest("button");
    if (!button) return;
    const { turn, marker, option, side, section, question, copy, rating, propose } = button.dataset;
    const how = { isByKey: event.detail === 0 };
    if (copy !== undefined) {
      copyText(copy);
    } else if (question !== undefined) {
      act({ kind: "ask", question });
    } else if (rating !== undefined) {
      act({ kind: "rate", turn: Number(turn), rating });
    } else if (propose !== undefined) {
      act({ kind: "propose", turn: Number(turn) });
    } else if (section !== undefined) {
      openSource(button, { kind: "section", section_id: section }, how);
    } else if (option !== undefined) {
      openSource(button, { kind: "option", turn: Number(turn), letter: option, side }, how);
    } else if (marker !== undefined) {
      openSource(button, { kind: "cite", turn: Number(turn), marker: Number(marker) }, how);
    } else if (button.classList.contains("tk-panel-button")) {
      if (isPanelOpen()) returnToOpener();
      else showPanel();
    }
  });

  async function copyText(text) {
    let isCopied = false;
    try {
      await navigator.clipboard.writeText(text);
      isCopied = true;
    } catch {
      isCopied = copyBySelection(text);
    }
    announce(readText(isCopied ? "copied" : "copyFailed"), { isSeen: false });
  }

  // Where the clipboard is not given: pages that are neither https nor on this machine.
  function copyBySelection(text) {
    const focused = document.activeElement;
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "tk-unseen";
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    focused?.focus?.();
    return isCopied;
  }

  function save(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 0);
  }

  // What the app has drawn anew

  let shownTurns = "";
  let isDrawing = false;

  function followPage() {
    isDrawing = false;
    // It must be there before it has anything to say.
    if (!live.isConnected) document.body?.append(live);
    const page = find("[data-page-language]");
    if (page !== null) {
      if (document.title !== page.dataset.pageTitle) document.title = page.dataset.pageTitle;
      root.lang = page.dataset.pageLanguage;
    }
    // gradio names this button in English alone.
    const drop = find("#tenkyo-drop button.upload-container");
    drop?.setAttribute("aria-label", find("#tenkyo-drop [data-testid=block-label]").innerText);
    for (const time of document.querySelectorAll("time.tk-time:not([data-local])")) {
      showLocalTime(time);
    }
    followConversation();
    document.dispatchEvent(new Event("tenkyo-drawn"));
  }

  // A new question comes to the top, and again when its answer begins; then the reader scrolls.
  function followConversation() {
    const turns = document.querySelectorAll("#tenkyo-conversation .tk-turn");
    const last = turns[turns.length - 1];
    const shown = last ? `${turns.length} ${last.querySelector(".tk-answer") !== null}` : "";
    if (shown !== shownTurns && last) scrollToTop(last);
    shownTurns = shown;
  }

  function scrollToTop(turn) {
    const box = turn.closest(".tk-conversation");
    const top = turn.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollBy({ top: top - PIXELS_ABOVE, behavior: readBehavior() });
  }

  function showLocalTime(time) {
    const format = { dateStyle: "medium", timeStyle: "short" };
    time.textContent = new Date(time.dateTime).toLocaleString(root.lang, format);
    time.dataset.local = "";
  }

  new MutationObserver(() => {
    if (isDrawing) return;
    isDrawing = true;
    requestAnimationFrame(followPage);
  }).observe(document, {
    childList: true,
    subtree: true,
    characterData: true,
    attributeFilter: ["data-page-language", "data-page-title", "datetime"],
  });

  window.tenkyo = Object.freeze({ announce, find, findButton, isShown, readText, returnToOpener, save });
})();

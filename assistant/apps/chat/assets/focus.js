// Keeps the focus of whoever uses the keyboard: where what has it goes away, it goes to what took its
// place, and else to the question. Where the form of the feedback opens, it goes there, and back to
// what opened it.
(() => {
  "use strict";
  const { find, findButton, isShown } = window.tenkyo;

  // What comes in the place of a button, by its id.
  const SUCCESSORS = {
    "tenkyo-clear": "tenkyo-cancel-clear",
    "tenkyo-cancel-clear": "tenkyo-clear",
  };
  // Where a keyboard on the screen would come up with the focus.
  const COARSE = window.matchMedia("(pointer: coarse)");

  // What had the focus last, in sight, and what is looked for once it is gone.
  let last = null;
  let next = null;
  let isFormAwaited = false;
  let formOpener = "";

  const question = () => find("#tenkyo-question textarea");

  document.addEventListener("focusin", (event) => {
    const focused = event.target;
    last = focused.matches(":focus-visible") && focused.closest("#tenkyo-chat") ? focused : null;
    if (last?.closest("#tenkyo-feedback-form")) next = () => find(formOpener) ?? question();
    else if (last?.id in SUCCESSORS) next = () => findButton(SUCCESSORS[last.id]);
    else next = question;
  });

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.dataset.rating !== "bad") return;
    formOpener = `button[data-turn="${CSS.escape(button.dataset.turn)}"][data-rating="bad"]`;
    isFormAwaited = event.detail === 0 || !COARSE.matches;
  });

  document.addEventListener("tenkyo-drawn", () => {
    const reason = find("#tenkyo-reason textarea");
    if (isFormAwaited && isShown(reason)) {
      isFormAwaited = false;
      reason.focus();
      return;
    }
    if (last === null || (last.isConnected && isShown(last) && !last.disabled)) return;
    const focused = document.activeElement;
    if (focused !== null && focused !== document.body && focused !== last) return;
    // What comes in its place may not be there yet.
    const target = next();
    if (isShown(target)) target.focus();
  });
})();

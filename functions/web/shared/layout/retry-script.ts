/**
 * Keeps a page that could not be sent, and offers to send it again. The form of the page works without it: it asks the
 * server first and, once there is an answer, goes where the server leads, or lets the browser send the form itself.
 * Nothing is stored. Sending twice is safe: a page that has been saved already says so.
 */
export const retryScript = `(() => {
  const form = document.getElementById('kept');
  if (!form) return;
  const french = document.documentElement.lang === 'fr';
  const notice = document.createElement('div');
  const words = document.createElement('p');
  const again = document.createElement('button');
  notice.className = 'banner';
  notice.setAttribute('role', 'alert');
  again.type = 'button';
  again.className = 'button';
  again.textContent = french ? 'Réessayer' : 'Try again';
  let sender, busy, native;
  const offer = () => {
    busy = false;
    words.textContent = french
      ? 'Le serveur ne répond pas : la page n’est pas enregistrée. Ce que vous avez saisi est encore ici.'
      : 'The server does not respond: the page is not saved. What you typed is still here.';
    notice.replaceChildren(words, again);
    form.append(notice);
    again.focus();
  };
  const bySelf = () => {
    native = true;
    form.requestSubmit(sender);
  };
  const send = async () => {
    if (busy) return;
    busy = true;
    let answer;
    try {
      const url = sender && sender.hasAttribute('formaction') ? sender.formAction : form.getAttribute('action');
      const body = new URLSearchParams(new FormData(form, sender));
      answer = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(30000) });
    } catch {
      return offer();
    }
    if (answer.status > 501) return offer();
    const next = answer.headers.get('Location') || (answer.redirected && answer.url);
    next ? location.assign(next) : bySelf();
  };
  form.addEventListener('submit', (event) => {
    if (native) return;
    event.preventDefault();
    sender = event.submitter;
    send();
  });
  again.addEventListener('click', send);
  addEventListener('pageshow', () => {
    busy = native = false;
    notice.remove();
  });
})();
`;

// Forms that a passkey fills in: shown where the browser can, otherwise they stay hidden. An element of its own, because
// pages come by a full load and by the exchange of their content alike.

/** Older browsers cannot read the server's options or write an answer; a page by address or without TLS gets no passkey at all. */
const arePossible = () => isSecureContext && "PublicKeyCredential" in window && "parseCreationOptionsFromJSON" in PublicKeyCredential && "toJSON" in PublicKeyCredential.prototype;

class PasskeyForm extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const credential = this.querySelector<HTMLInputElement>("[data-credential]");
    if (!form || !credential || !arePossible()) return;
    this.hidden = false;
    form.addEventListener("submit", event => {
      if (credential.value) return;
      event.preventDefault();
      void this.ask(form).then(
        answer => {
          credential.value = answer;
          form.submit();
        },
        () => this.giveUp(),
      );
    });
  }

  private async ask(form: HTMLFormElement): Promise<string> {
    const answer = await fetch(this.dataset.options!, { method: "POST", body: new FormData(form) });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const options = await answer.json();
    const credential = this.dataset.does === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    if (!credential) throw new Error("no credential");
    return JSON.stringify(credential);
  }

  private giveUp() {
    const status = this.querySelector<HTMLElement>("[data-status]");
    if (!status) return;
    status.textContent = this.dataset.failed ?? "";
    status.hidden = false;
  }
}

export const definePasskeyForms = () => customElements.define("ioc-passkey", PasskeyForm);

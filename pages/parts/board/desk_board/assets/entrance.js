// The sign-in form as browsers and hands expect it: they may fill it in, and the keyboard is where one types next.

const FORM = "[data-testid=stForm]"
const MEANT = ["username", "current-password"] // what a browser may put into which field

/** Keep the form so: `told({ refused })` with each run of the page; refused, it is the password that is typed again. */
export function newEntrance() {
  let waiting = null
  let ready = null // for which run the form was made ready
  let sent = null // the password as it was sent by Enter

  // What is typed next, however soon, replaces the password that was sent.
  const send = ({ key, target }) => {
    if (key !== "Enter") return
    sent = target.value
    setTimeout(() => target.select())
  }

  const make = refused => {
    const fields = [...document.querySelectorAll(`${FORM} input`)]
    if (fields.length !== MEANT.length) return (waiting = requestAnimationFrame(() => make(refused)))
    fields.forEach((field, i) => field.setAttribute("autocomplete", MEANT[i]))
    fields[1].addEventListener("keydown", send) // once, however often: it is the same listener
    if (ready !== refused && refused && (sent === null || fields[1].value === sent)) fields[1].select()
    else if (ready === null && document.activeElement === document.body) fields[0].focus() // nobody types yet
    ready = refused
  }
  return {
    told({ refused }) {
      cancelAnimationFrame(waiting)
      make(refused)
    },
    end: () => cancelAnimationFrame(waiting),
  }
}

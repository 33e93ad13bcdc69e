// The sign-in form as browsers and hands expect it: they may fill it in, and the keyboard is where one types next.

const FORM = "[data-testid=stForm]"
const MEANT = ["username", "current-password"] // what a browser may put into which field

/** Keep the form so: `told({ refused })` with each run of the page; refused, it is the password that is typed again. */
export function newEntrance() {
  let waiting = null
  let ready = null // for which run the form was made ready

  const make = refused => {
    const fields = [...document.querySelectorAll(`${FORM} input`)]
    if (fields.length !== MEANT.length) return (waiting = requestAnimationFrame(() => make(refused)))
    fields.forEach((field, i) => field.setAttribute("autocomplete", MEANT[i]))
    if (ready !== refused && refused) fields[1].select()
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

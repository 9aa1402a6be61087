/** The phone itself. It is bigger than most pages need at first, so it comes once somebody is signed in. */
export const phone = () => import("./phone");

/** The phone's face, likewise. */
export const panels = () => import("./panels");

/** An own path to go to after signing in. Anything that could lead off this site becomes the dashboard. */
export function ownPath(next: string | null | undefined): string {
	// A browser drops control characters and reads a backslash as a slash, so neither may stand in an own path.
	if (!next || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next)) return "/dashboard";
	const url = new URL(next, "http://own.invalid");
	const ownPage = url.origin === "http://own.invalid" && !/^\/(login|signup|api)(\/|$)/.test(url.pathname);
	return ownPage ? `${url.pathname}${url.search}${url.hash}` : "/dashboard";
}

/** The way to the sign-in page and back to here. */
export function loginPath({ pathname, search }: Pick<Location, "pathname" | "search">): string {
	return `/login?next=${encodeURIComponent(pathname + search)}`;
}

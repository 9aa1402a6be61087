/** One JSON object with the fields of several, none of which is empty. */
export const joinedObjects = (first: string, ...others: string[]): string =>
	others.reduce((whole, other) => `${whole.slice(0, -1)},${other.slice(1)}`, first);

/** One JSON object with the fields of several, none of which is empty. */
export const joinedObjects = (...objects: string[]): string =>
	`{${objects.map((object) => object.slice(1, -1)).join(",")}}`;

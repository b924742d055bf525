/** What is used of `asl-validator`, whose package points to no types. */
declare module 'asl-validator' {
  interface Options {
    readonly checkPaths?: boolean;
    readonly checkArn?: boolean;
  }
  interface Result {
    readonly isValid: boolean;
    readonly errors: readonly unknown[];
  }
  export default function validate(definition: unknown, options?: Options): Result;
}

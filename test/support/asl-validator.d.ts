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
  function validate(definition: unknown, options?: Options): Result;
  export = validate;
}

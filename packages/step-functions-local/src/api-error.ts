/** An answer of the service that the SDK turns into its own error class of the same name. */
export class ApiError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** The part of sql.js that we use; it brings no types of its own. */

declare module "sql.js/dist/sql-wasm-browser.js" {
  export type SqlValue = number | string | Uint8Array | null;

  export interface Statement {
    run(values: SqlValue[]): void;
    free(): boolean;
  }

  export interface Database {
    run(statements: string): Database;
    prepare(statement: string): Statement;
    exec(statements: string): { columns: string[]; values: SqlValue[][] }[];
    /** The database file. Frees all statements. */
    export(): Uint8Array<ArrayBuffer>;
    close(): void;
  }

  export interface SqlJs {
    Database: new (file?: Uint8Array) => Database;
  }

  export default function initSqlJs(config: {
    instantiateWasm(
      imports: WebAssembly.Imports,
      receive: (instance: WebAssembly.Instance) => void,
    ): WebAssembly.Exports;
  }): Promise<SqlJs>;
}

declare module "sql.js/dist/sql-wasm-browser.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

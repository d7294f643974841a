import {
  DataTypeNode,
  GeneratedNode,
  OperationNodeTransformer,
  RawNode,
  type ColumnDefinitionNode,
  type KyselyPlugin,
  type OperationNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type UnknownRow,
} from 'kysely';

const toPostgresType = (type: OperationNode): OperationNode => {
  if (!DataTypeNode.is(type)) return type;
  switch (type.dataType) {
    // Sorted by code point, as in SQLite: the order of lists does not depend on the database's locale, and no
    // index breaks when the machine's collation changes.
    case 'text':
      return RawNode.createWithSql('text collate "C"');
    case 'blob':
      return DataTypeNode.create('bytea');
    default:
      return type;
  }
};

class ColumnTransformer extends OperationNodeTransformer {
  protected override transformColumnDefinition(
    ...parameters: Parameters<OperationNodeTransformer['transformColumnDefinition']>
  ): ColumnDefinitionNode {
    const column = super.transformColumnDefinition(...parameters);
    if (!column.autoIncrement) return { ...column, dataType: toPostgresType(column.dataType) };
    // SQLite's integers have 64 bits, whatever their type is called.
    return {
      ...column,
      autoIncrement: false,
      dataType: DataTypeNode.create('bigint'),
      generated: GeneratedNode.create({ identity: true, byDefault: true }),
    };
  }
}

/** Translates migrations, which use SQLite's types, so that they create the same schema in PostgreSQL. */
export class PostgresSchemaPlugin implements KyselyPlugin {
  readonly #transformer = new ColumnTransformer();

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    return this.#transformer.transformNode(node, queryId);
  }

  transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve(result);
  }
}

/// The member names of a syntax tree that the analysis knows, as libpg_query writes them in JSON: first the nodes that
/// are statements (PostgreSQL 15's whole grammar), then the members and nodes that matter inside them.
enum SyntaxKey: String, CaseIterable {
    /// Any other name, and a value that has none (an element of an array).
    case other = ""

    case rawStmt = "RawStmt"
    case insertStmt = "InsertStmt"
    case deleteStmt = "DeleteStmt"
    case updateStmt = "UpdateStmt"
    case mergeStmt = "MergeStmt"
    case selectStmt = "SelectStmt"
    case returnStmt = "ReturnStmt"
    case pLAssignStmt = "PLAssignStmt"
    case alterTableStmt = "AlterTableStmt"
    case alterDomainStmt = "AlterDomainStmt"
    case setOperationStmt = "SetOperationStmt"
    case grantStmt = "GrantStmt"
    case grantRoleStmt = "GrantRoleStmt"
    case alterDefaultPrivilegesStmt = "AlterDefaultPrivilegesStmt"
    case closePortalStmt = "ClosePortalStmt"
    case clusterStmt = "ClusterStmt"
    case copyStmt = "CopyStmt"
    case createStmt = "CreateStmt"
    case defineStmt = "DefineStmt"
    case dropStmt = "DropStmt"
    case truncateStmt = "TruncateStmt"
    case commentStmt = "CommentStmt"
    case fetchStmt = "FetchStmt"
    case indexStmt = "IndexStmt"
    case createFunctionStmt = "CreateFunctionStmt"
    case alterFunctionStmt = "AlterFunctionStmt"
    case doStmt = "DoStmt"
    case renameStmt = "RenameStmt"
    case ruleStmt = "RuleStmt"
    case notifyStmt = "NotifyStmt"
    case listenStmt = "ListenStmt"
    case unlistenStmt = "UnlistenStmt"
    case transactionStmt = "TransactionStmt"
    case viewStmt = "ViewStmt"
    case loadStmt = "LoadStmt"
    case createDomainStmt = "CreateDomainStmt"
    case createdbStmt = "CreatedbStmt"
    case dropdbStmt = "DropdbStmt"
    case vacuumStmt = "VacuumStmt"
    case explainStmt = "ExplainStmt"
    case createTableAsStmt = "CreateTableAsStmt"
    case createSeqStmt = "CreateSeqStmt"
    case alterSeqStmt = "AlterSeqStmt"
    case variableSetStmt = "VariableSetStmt"
    case variableShowStmt = "VariableShowStmt"
    case discardStmt = "DiscardStmt"
    case createTrigStmt = "CreateTrigStmt"
    case createPlangStmt = "CreatePLangStmt"
    case createRoleStmt = "CreateRoleStmt"
    case alterRoleStmt = "AlterRoleStmt"
    case dropRoleStmt = "DropRoleStmt"
    case lockStmt = "LockStmt"
    case constraintsSetStmt = "ConstraintsSetStmt"
    case reindexStmt = "ReindexStmt"
    case checkPointStmt = "CheckPointStmt"
    case createSchemaStmt = "CreateSchemaStmt"
    case alterDatabaseStmt = "AlterDatabaseStmt"
    case alterDatabaseRefreshCollStmt = "AlterDatabaseRefreshCollStmt"
    case alterDatabaseSetStmt = "AlterDatabaseSetStmt"
    case alterRoleSetStmt = "AlterRoleSetStmt"
    case createConversionStmt = "CreateConversionStmt"
    case createCastStmt = "CreateCastStmt"
    case createOpClassStmt = "CreateOpClassStmt"
    case createOpFamilyStmt = "CreateOpFamilyStmt"
    case alterOpFamilyStmt = "AlterOpFamilyStmt"
    case prepareStmt = "PrepareStmt"
    case executeStmt = "ExecuteStmt"
    case deallocateStmt = "DeallocateStmt"
    case declareCursorStmt = "DeclareCursorStmt"
    case createTableSpaceStmt = "CreateTableSpaceStmt"
    case dropTableSpaceStmt = "DropTableSpaceStmt"
    case alterObjectDependsStmt = "AlterObjectDependsStmt"
    case alterObjectSchemaStmt = "AlterObjectSchemaStmt"
    case alterOwnerStmt = "AlterOwnerStmt"
    case alterOperatorStmt = "AlterOperatorStmt"
    case alterTypeStmt = "AlterTypeStmt"
    case dropOwnedStmt = "DropOwnedStmt"
    case reassignOwnedStmt = "ReassignOwnedStmt"
    case compositeTypeStmt = "CompositeTypeStmt"
    case createEnumStmt = "CreateEnumStmt"
    case createRangeStmt = "CreateRangeStmt"
    case alterEnumStmt = "AlterEnumStmt"
    case alterTsdictionaryStmt = "AlterTSDictionaryStmt"
    case alterTsconfigurationStmt = "AlterTSConfigurationStmt"
    case createFdwStmt = "CreateFdwStmt"
    case alterFdwStmt = "AlterFdwStmt"
    case createForeignServerStmt = "CreateForeignServerStmt"
    case alterForeignServerStmt = "AlterForeignServerStmt"
    case createUserMappingStmt = "CreateUserMappingStmt"
    case alterUserMappingStmt = "AlterUserMappingStmt"
    case dropUserMappingStmt = "DropUserMappingStmt"
    case alterTableSpaceOptionsStmt = "AlterTableSpaceOptionsStmt"
    case alterTableMoveAllStmt = "AlterTableMoveAllStmt"
    case secLabelStmt = "SecLabelStmt"
    case createForeignTableStmt = "CreateForeignTableStmt"
    case importForeignSchemaStmt = "ImportForeignSchemaStmt"
    case createExtensionStmt = "CreateExtensionStmt"
    case alterExtensionStmt = "AlterExtensionStmt"
    case alterExtensionContentsStmt = "AlterExtensionContentsStmt"
    case createEventTrigStmt = "CreateEventTrigStmt"
    case alterEventTrigStmt = "AlterEventTrigStmt"
    case refreshMatViewStmt = "RefreshMatViewStmt"
    case replicaIdentityStmt = "ReplicaIdentityStmt"
    case alterSystemStmt = "AlterSystemStmt"
    case createPolicyStmt = "CreatePolicyStmt"
    case alterPolicyStmt = "AlterPolicyStmt"
    case createTransformStmt = "CreateTransformStmt"
    case createAmStmt = "CreateAmStmt"
    case createPublicationStmt = "CreatePublicationStmt"
    case alterPublicationStmt = "AlterPublicationStmt"
    case createSubscriptionStmt = "CreateSubscriptionStmt"
    case alterSubscriptionStmt = "AlterSubscriptionStmt"
    case dropSubscriptionStmt = "DropSubscriptionStmt"
    case createStatsStmt = "CreateStatsStmt"
    case alterCollationStmt = "AlterCollationStmt"
    case callStmt = "CallStmt"
    case alterStatsStmt = "AlterStatsStmt"

    case stmts
    case stmt
    case stmtLocation = "stmt_location"
    case stmtLen = "stmt_len"
    case schemaname
    case relname
    case relpersistence
    case alias
    case aliasname
    case withClause
    case ctes
    case ctename
    case recursive
    case intoClause
    case into
    case rel
    case lockingClause
    case lockedRels
    case fromClause
    case targetList
    case relation
    case cols
    case name
    case onConflictClause
    case action
    case returningList
    case commandType
    case mergeWhenClauses
    case funcname
    case args
    case sval
    case ival
    case boolval
    case kind
    case isLocal = "is_local"
    case options
    case defname
    case def
    case arg
    case query
    case filename
    case isProgram = "is_program"
    case isFrom = "is_from"
    case attlist
    case relations
    case rels
    case objects
    case removeType
    case object
    case objtype
    case objectType
    case renameType
    case subname
    case newname
    case newschema
    case objname
    case names
    case conditionname
    case gid
    case funccall
    case view
    case table
    case sequence
    case typevar
    case constrrel
    case inhRelations
    case base
    case servername
    case operName
    case useOp
    case method
    case mode
    case pktable
    case insertedQuery = "selectStmt"
    case typeName
    case typeNameNode = "TypeName"
    case opername
    case defnames
    case opclassname
    case opfamilyname
    case conversionName = "conversion_name"
    case dictname
    case cfgname
    case collname
    case replace
    case authrole
    case rolename
    case targtype
    case target
    case grantedRoles = "granted_roles"
    case privName = "priv_name"
    case dbname
    case tablespacename
    case extname
    case fdwname
    case pubname
    case plname
    case amname
    case role
    case roles
    case localSchema = "local_schema"
    case origTablespacename = "orig_tablespacename"
    case trigname
    case rangeVar = "RangeVar"
    case aExpr = "A_Expr"
    case subLink = "SubLink"
    case sortBy = "SortBy"
    case columnRef = "ColumnRef"
    case aConst = "A_Const"
    case funcCall = "FuncCall"
    case typeCast = "TypeCast"
    case commonTableExpr = "CommonTableExpr"
    case rangeSubselect = "RangeSubselect"
    case alterTableCmd = "AlterTableCmd"
    case partitionCmd = "PartitionCmd"
    case val
    case resTarget = "ResTarget"
    case mergeWhenClause = "MergeWhenClause"
    case defElem = "DefElem"
    case function = "func"
    case cmds
    case domainname
    case objectWithArgs = "ObjectWithArgs"
    case list = "List"
    case isGrant = "is_grant"
    case isVacuumcmd = "is_vacuumcmd"

    case setOperation = "op"
    case larg
    case rarg
    case valuesLists
    case items
    case distinctClause
    case whereClause
    case groupClause
    case havingClause
    case windowClause
    case sortClause
    case limitCount
    case limitOffset
    case sortNode = "node"
    case fields
    case star = "A_Star"
    case indirection
    case aIndirection = "A_Indirection"
    case colnames
    case subquery
    case lateral
    case functions
    case coldeflist
    case ordinality
    case columnDef = "ColumnDef"
    case colname
    case columns
    case rangeFunction = "RangeFunction"
    case rangeTableFunc = "RangeTableFunc"
    case rangeTableFuncCol = "RangeTableFuncCol"
    case rangeTableSample = "RangeTableSample"
    case joinExpr = "JoinExpr"
    case isNatural
    case quals
    case usingClause
    case joinUsingAlias = "join_using_alias"
    case aliascolnames
    case ctequery
    case searchColumn = "search_seq_column"
    case cycleMark = "cycle_mark_column"
    case cyclePath = "cycle_path_column"
    case infer
    case indexElems
    case indexElem = "IndexElem"
    case conname
    case sourceRelation
    case joinCondition
    case matched
    case condition
    case values
    case testexpr
    case subselect
    case subLinkType
    case groupingSet = "GroupingSet"
    case content
    case rowExpr = "RowExpr"
    case rowFormat = "row_format"
    case caseExpr = "CaseExpr"
    case defresult
    case collateClause = "CollateClause"
    case groupingFunc = "GroupingFunc"
    case aArrayExpr = "A_ArrayExpr"
    case coalesceExpr = "CoalesceExpr"
    case minMaxExpr = "MinMaxExpr"
    case valueFunction = "SQLValueFunction"
    case xmlExpr = "XmlExpr"
    case xmlSerialize = "XmlSerialize"
    case string = "String"
    case parameters
    case functionParameter = "FunctionParameter"
    case strength
}

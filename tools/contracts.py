"""Two kinds of import-linter contracts that setup.cfg uses beside the built-in ones."""

from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.contracts.layers import LayersContract
from importlinter.domain.imports import ModuleExpression


class AreaContract(LayersContract):
    """The order of the nouns in an area; nothing to check while the area has not been built."""

    type_name = "area"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """As layers are checked, once the area is there."""
        area = cast("list[ModuleExpression]", self.containers)[0].expression
        if area not in graph.modules:
            return ContractCheck(kept=True, warnings=[f"{area} has not been built yet."])
        return super().check(graph, verbose)


class PrivateContract(Contract):
    """Modules of one name that only named modules of the same package may import, and `also` from anywhere."""

    type_name = "private"

    module = fields.StringField()
    importers = fields.SetField(subfield=fields.StringField())
    also = fields.SetField(subfield=fields.StringField(), required=False)
    shared = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Every import of such a module from elsewhere breaks the contract; `shared` ones are nobody's own."""
        shared = _names(self.shared)
        strangers = sorted(
            f"{importer} -> {module}"
            for module in graph.modules
            if module.endswith(f".{self.module}") and module not in shared
            for importer in graph.find_modules_that_directly_import(module)
            if not self._may_import(importer, module)
        )
        return ContractCheck(kept=not strangers, metadata={"strangers": strangers})

    def _may_import(self, importer: str, module: str) -> bool:
        """Whether the importer is named by the contract or a sibling that is."""
        package = module.rpartition(".")[0]
        siblings = {f"{package}.{name}" for name in _names(self.importers)}
        return importer in siblings or importer in _names(self.also)

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line per import that is not allowed."""
        for line in cast("list[str]", check.metadata["strangers"]):
            output.print_error(f"- {line}", bold=False)


def _names(field: object) -> set[str]:
    """The names in a field of a contract, which holds its values once the contract has been read."""
    return cast("set[str]", field or set())

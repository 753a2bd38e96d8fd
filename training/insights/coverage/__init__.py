"""Coverage: skills that employers ask for beside skills that schools teach."""

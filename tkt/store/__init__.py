"""How are tickets kept?"""

import Engine
import ModelFile
